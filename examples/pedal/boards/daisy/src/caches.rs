//! The caches of the Cortex-M7: without them, each weight comes from flash.

use cortex_m::Peripherals;

/// Turns on both caches, but for the RAM where the codec's DMA has its buffers.
pub(crate) fn enable(core: &mut Peripherals) {
    keep_out_of_the_cache(core);
    core.SCB.enable_icache();
    core.SCB.enable_dcache(&mut core.CPUID);
}

/// Makes the first 512 KiB of the D2 domain's RAM memory that is not cached: what the DMA wrote is what the core reads.
#[expect(unsafe_code, reason = "cortex-m has no other way to write the registers of the MPU")]
fn keep_out_of_the_cache(core: &mut Peripherals) {
    const ADDRESS: u32 = 0x3000_0000;
    /// Never executed, read and written by all, normal memory that is not cached, of 2 to the power of 19 bytes.
    const ATTRIBUTES: u32 = 1 << 28 | 0b011 << 24 | 0b001 << 19 | (19 - 1) << 1 | 1;
    /// On, with the usual attributes for all other memory.
    const ENABLE: u32 = 0b101;
    cortex_m::asm::dmb();
    // SAFETY: the region is no one's code or stack, its attributes are those of ordinary memory, and both caches are off.
    unsafe {
        core.MPU.rnr.write(0);
        core.MPU.rbar.write(ADDRESS);
        core.MPU.rasr.write(ATTRIBUTES);
        core.MPU.ctrl.write(ENABLE);
    }
    cortex_m::asm::dsb();
    cortex_m::asm::isb();
}
