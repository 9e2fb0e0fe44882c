//! A network as a local resource of an RTIC task: no lock, no cell.

#![no_std]
#![no_main]

use panic_semihosting as _;

#[rtic::app(device = lm3s6965, dispatchers = [GPIOA])]
mod app {
    use streaming_net::Output;
    use streaming_net_firmware::networks::V4;
    use streaming_net_firmware::{end, inputs, print};

    #[shared]
    struct Shared {}

    #[local]
    struct Local {
        net: V4,
    }

    #[init]
    fn init(_: init::Context) -> (Shared, Local) {
        let _ = listen::spawn();
        (Shared {}, Local { net: V4::new() })
    }

    #[task(local = [net])]
    async fn listen(context: listen::Context) {
        let net = context.local.net;
        for (frame, input) in inputs::NOTEBOOK.iter().enumerate() {
            let output = net.push(*input);
            print("notebook_v4", frame, output.as_ref().map(Output::numbers));
        }
        end();
    }
}
