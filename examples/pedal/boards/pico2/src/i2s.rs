//! I2S in and out by one state machine of the PIO. The codec makes the clocks, so no divider of the board's clock is heard.

use embassy_rp::Peri;
use embassy_rp::peripherals::{PIN_16, PIN_17, PIN_18, PIN_19, PIO0};
use embassy_rp::pio::program::pio_asm;
use embassy_rp::pio::{Common, Config, Direction, ShiftConfig, ShiftDirection, StateMachine};

/// The pins between the board and the codec.
pub(crate) struct Pins {
    /// ADCDAT.
    pub(crate) from_codec: Peri<'static, PIN_16>,
    /// BCLK.
    pub(crate) bits: Peri<'static, PIN_17>,
    /// ADCLRC and DACLRC.
    pub(crate) words: Peri<'static, PIN_18>,
    /// DACDAT.
    pub(crate) to_codec: Peri<'static, PIN_19>,
}

/// Sets up a state machine. Words of 24 bits, left and right in turns: in the lower bits of what comes, in the upper bits of what
/// goes.
pub(crate) fn configure(
    common: &mut Common<'static, PIO0>,
    machine: &mut StateMachine<'static, PIO0, 0>,
    pins: Pins,
) {
    // Pin 1 is the bit clock, pin 2 the word clock. A word begins one bit after its clock changes. Each frame waits for the
    // clock of its left word, so that a block that was late does not leave the words out of step.
    let program = pio_asm!(
        ".wrap_target",
        "    wait 1 pin 2",
        "    wait 0 pin 2",
        "    wait 1 pin 1",
        "    set x, 23",
        "left:",
        "    wait 0 pin 1",
        "    out pins, 1",
        "    wait 1 pin 1",
        "    in pins, 1",
        "    jmp x-- left",
        "    wait 1 pin 2",
        "    wait 1 pin 1",
        "    set x, 23",
        "right:",
        "    wait 0 pin 1",
        "    out pins, 1",
        "    wait 1 pin 1",
        "    in pins, 1",
        "    jmp x-- right",
        ".wrap",
    );
    let from_codec = common.make_pio_pin(pins.from_codec);
    let bits = common.make_pio_pin(pins.bits);
    let words = common.make_pio_pin(pins.words);
    let to_codec = common.make_pio_pin(pins.to_codec);
    let shift = ShiftConfig { threshold: 24, direction: ShiftDirection::Left, auto_fill: true };
    let mut config = Config::default();
    config.use_program(&common.load_program(&program.program), &[]);
    config.set_in_pins(&[&from_codec, &bits, &words]);
    config.set_out_pins(&[&to_codec]);
    config.shift_in = shift;
    config.shift_out = shift;
    machine.set_config(&config);
    machine.set_pin_dirs(Direction::In, &[&from_codec, &bits, &words]);
    machine.set_pin_dirs(Direction::Out, &[&to_codec]);
}
