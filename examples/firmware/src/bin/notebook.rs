//! Replays the notebook: its four networks, each in a `static` of its own.

#![no_std]
#![no_main]

#[cfg(target_arch = "arm")]
use panic_semihosting as _;
use static_cell::ConstStaticCell;
use streaming_net::{Output, StreamingNet};
use streaming_net_firmware::networks::{V1, V2, V3, V4};
use streaming_net_firmware::{end, entry, inputs, print};

// All state starts at zero, so these take RAM but no flash.
static NET1: ConstStaticCell<V1> = ConstStaticCell::new(V1::new());
static NET2: ConstStaticCell<V2> = ConstStaticCell::new(V2::new());
static NET3: ConstStaticCell<V3> = ConstStaticCell::new(V3::new());
static NET4: ConstStaticCell<V4> = ConstStaticCell::new(V4::new());

#[entry]
fn main() -> ! {
    replay("notebook_v1", NET1.take());
    replay("notebook_v2", NET2.take());
    replay("notebook_v3", NET3.take());
    replay("notebook_v4", NET4.take());
    end()
}

fn replay<N: StreamingNet<Input = [f32; 2]>>(name: &str, net: &mut N) {
    for (frame, input) in inputs::NOTEBOOK.iter().enumerate() {
        let output = net.push(*input);
        print(name, frame, output.as_ref().map(Output::numbers));
    }
}
