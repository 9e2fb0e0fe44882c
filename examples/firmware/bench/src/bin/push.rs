//! Counts the instructions of each push. QEMU is to run it so that an instruction takes `2^SHIFT` nanoseconds.

#![no_std]
#![no_main]
#![forbid(unsafe_code)]

use cortex_m_rt::entry;
use cortex_m_semihosting::hprintln;
use panic_semihosting as _;
use streaming_net::{Output, StreamingNet};
use streaming_net_bench::{
    BEFORE, NET, Net, Number, SHIFT, frame, instructions, nothing, start_timer,
};
use streaming_net_firmware::end;

const PUSHES: usize = 256;

type NetOutput = <Net as StreamingNet<Number>>::Output;

#[inline(never)]
fn push_net(net: &mut Net, frame: &[Number; Net::INPUTS], output: &mut NetOutput) {
    if let Some(y) = net.push(*frame) {
        *output = y;
    }
}

#[entry]
fn main() -> ! {
    if start_timer().is_none() {
        end();
    }
    let net = NET.take();
    let mut output = <NetOutput as Output<Number>>::ZEROS;
    let (mut sum, mut worst, mut overhead, mut finite) = (0, 0, u32::MAX, true);
    let before = (0..BEFORE).map(frame);
    before.for_each(|frame| push_net(net, &frame, &mut output));
    for push in BEFORE..BEFORE + PUSHES {
        let frame = frame(push);
        overhead = overhead.min(instructions(SHIFT, || nothing(net)));
        let count = instructions(SHIFT, || push_net(net, &frame, &mut output));
        let count = count.saturating_sub(overhead);
        sum += count;
        worst = worst.max(count);
        #[allow(clippy::useless_conversion, reason = "a network may be one of integers")]
        let is_finite = output.numbers().iter().all(|y| f32::from(*y).is_finite());
        finite &= is_finite;
    }
    hprintln!(
        "{} {} {} {} {}",
        sum / PUSHES as u32,
        worst,
        Net::MACS,
        Net::WEIGHT_BYTES,
        Net::STATE_BYTES
    );
    if !finite {
        hprintln!("an output is not finite");
    }
    end()
}
