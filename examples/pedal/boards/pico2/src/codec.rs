//! The registers of a WM8731 with a crystal of 12.288 MHz: 48 kHz, 24 bits, I2S, and the codec makes the clocks.

use embassy_time::Timer;
use wm8731::power_down::PowerDown;
use wm8731::{Register, WM8731};

/// With its pin CSB low.
const ADDRESS: u8 = 0x1a;

/// Writes all registers by a function that sends bytes to an address.
pub(crate) async fn start<E>(mut write: impl FnMut(u8, &[u8]) -> Result<(), E>) -> Result<(), E> {
    for Register { address, value } in registers() {
        // Seven bits of address, and nine of the value.
        let [high, low] = value.to_be_bytes();
        write(ADDRESS, &[address << 1 | high & 1, low])?;
        Timer::after_millis(1).await;
    }
    Ok(())
}

fn registers() -> [Register; 9] {
    let power = |all: &mut PowerDown, has_output: bool| {
        all.power_off().power_on();
        all.clock_output().power_off();
        all.oscillator().power_on();
        all.dac().power_on();
        all.adc().power_on();
        all.mic().power_off();
        all.line_input().power_on();
        if has_output { all.output().power_on() } else { all.output().power_off() }
    };
    [
        WM8731::reset(),
        WM8731::power_down(|all| power(all, false)),
        WM8731::left_line_in(|line| {
            line.both().enable();
            line.mute().disable();
            line.volume().nearest_dB(0);
        }),
        WM8731::analog_audio_path(|path| {
            path.sidetone().disable();
            path.dac_select().select();
            path.bypass().disable();
            path.input_select().line_input();
            path.mute_mic().enable();
            path.mic_boost().disable();
        }),
        WM8731::digital_audio_path(|path| {
            path.dac_mut().disable();
            path.deemphasis().disable();
        }),
        WM8731::digital_audio_interface_format(|format| {
            format.bit_clock_invert().no_invert();
            format.master_slave().master();
            format.left_right_dac_clock_swap().right_channel_dac_data_right();
            format.left_right_phase().data_when_daclrc_low();
            format.bit_length().bits_24();
            format.format().i2s();
        }),
        WM8731::sampling(|sampling| {
            sampling.core_clock_divider_select().normal();
            sampling.base_oversampling_rate().normal_256();
            sampling.sample_rate().adc_48();
            sampling.usb_normal().normal();
        }),
        WM8731::active().active(),
        // The output last, so that no click is heard.
        WM8731::power_down(|all| power(all, true)),
    ]
}
