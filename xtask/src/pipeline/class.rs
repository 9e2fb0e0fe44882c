//! What instructions are to a pipeline: the table of mnemonics.

#![allow(
    clippy::enum_glob_use,
    clippy::match_same_arms,
    reason = "a table of rules, each with its source"
)]

use std::collections::HashMap;
use std::sync::LazyLock;

/// What an instruction is to a pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub(super) enum Class {
    /// Integer arithmetic.
    Alu,
    /// Integer arithmetic on a register that is shifted on the way: `add r0, r1, r2, lsl #2`.
    Shifted,
    /// Extension, extraction and insertion of bits.
    Bits,
    /// `movt`
    Top,
    Multiply,
    /// Division of integers.
    IntegerDivide,
    Load,
    /// A load of a byte or of two.
    LoadPart,
    Store,
    LoadMany,
    StoreMany,
    Branch,
    It,
    Nop,
    Vadd,
    Vmul,
    Vmla,
    Vfma,
    Vcmp,
    Vdiv,
    Vsqrt,
    Vldr,
    Vstr,
    /// `vldr` and `vstr` of two words.
    VldrDouble,
    VstrDouble,
    VloadMany,
    VstoreMany,
    /// `vmov s0, s1`
    Move,
    /// `vmov.f32 s0, #1.0`
    MoveConstant,
    /// `vmov r0, s0` and `vmrs`
    MoveToCore,
    /// `vmov s0, r0` and `vmsr`
    MoveToFloat,
    /// `vmov r0, r1, s0, s1` and back
    MovePair,
}

/// Several classes.
#[derive(Clone, Copy)]
pub(super) struct Classes(u64);

impl Classes {
    pub(super) const ALL: Self = Self(u64::MAX);

    pub(super) const fn of(classes: &[Class]) -> Self {
        let (mut bits, mut at) = (0, 0);
        while at < classes.len() {
            bits |= 1 << classes[at] as u8;
            at += 1;
        }
        Self(bits)
    }

    pub(super) const fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    pub(super) const fn has(self, class: Class) -> bool {
        self.0 >> class as u8 & 1 == 1
    }
}

/// How an instruction names what it reads and writes.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Form {
    /// Writes the first operand and reads the others.
    Unary,
    /// The same; of two operands it reads the first, too.
    Binary,
    /// Adds to the first operand.
    Onto,
    /// Adds to the fourth operand, where there is one.
    OntoFourth,
    /// Writes the first two operands, or adds to them.
    Long,
    LongOnto,
    /// Reads all operands, and writes the flags or the status.
    Compare,
    Loads,
    Stores,
    /// Reads the first operand.
    Reads,
    /// Neither reads nor writes registers: an operand is an address in the program.
    Nothing,
}

/// Mnemonics without condition, width and type.
const TABLE: &[(&str, Class, Form)] = {
    use Class::*;
    use Form::*;
    &[
        ("add addw sub subw adc sbc rsb and orr orn eor bic lsl lsr asr ror", Alu, Binary),
        ("mov movw mvn neg adr rrx", Alu, Unary),
        ("uadd8 usub8 sadd16 ssub16 qadd16 qsub16 sel qadd qsub", Alu, Unary),
        ("cmp cmn tst teq", Alu, Compare),
        ("movt", Top, Onto),
        ("bfi bfc", Bits, Onto),
        ("ubfx sbfx uxtb uxth sxtb sxth uxtb16 sxtb16 clz rev rev16 rbit", Bits, Unary),
        ("uxtab uxtah sxtab sxtah pkhbt pkhtb usat ssat", Bits, Unary),
        ("mul", Multiply, Binary),
        ("smulbb smulbt smultb smultt smulwb smulwt smmul smmulr smuad smuadx", Multiply, Unary),
        (
            "mla mls smlabb smlabt smlatb smlatt smlad smladx smlawb smlawt smmla",
            Multiply,
            OntoFourth,
        ),
        ("umull smull", Multiply, Long),
        ("umlal smlal umaal smlald", Multiply, LongOnto),
        ("udiv sdiv", IntegerDivide, Unary),
        ("ldr ldrt", Load, Loads),
        ("ldrb ldrsb ldrh ldrsh", LoadPart, Loads),
        ("str strb strh pld", Store, Stores),
        ("ldm ldmia ldmdb pop ldrd", LoadMany, Loads),
        ("stm stmia stmdb push strd", StoreMany, Stores),
        ("bx blx cbz cbnz tbb tbh", Branch, Reads),
        ("b bl beq bne bcs bcc bmi bpl bvs bvc bhi bls bge blt bgt ble", Branch, Nothing),
        (
            "it itt ite ittt itte itet itee itttt ittte ittet ittee itett itete iteet iteee",
            It,
            Nothing,
        ),
        ("nop", Nop, Nothing),
        ("vadd vsub vabs vneg vcvt vcvtr vrintz vrintr vrintn vrintm vrintp vrinta", Vadd, Unary),
        ("vmaxnm vminnm", Vadd, Unary),
        ("vseleq vselge vselgt vselvs", Vadd, Unary),
        ("vmul vnmul", Vmul, Unary),
        ("vmla vmls vnmla vnmls", Vmla, Onto),
        ("vfma vfms vfnma vfnms", Vfma, Onto),
        ("vcmp vcmpe", Vcmp, Compare),
        ("vdiv", Vdiv, Unary),
        ("vsqrt", Vsqrt, Unary),
        ("vldr", Vldr, Loads),
        ("vstr", Vstr, Stores),
        ("vldmia vldmdb vpop", VloadMany, Loads),
        ("vstmia vstmdb vpush", VstoreMany, Stores),
        ("vmov", Move, Unary),
        ("vmrs", MoveToCore, Unary),
        ("vmsr", MoveToFloat, Unary),
    ]
};

/// The same by name.
pub(super) static NAMES: LazyLock<HashMap<&str, (Class, Form)>> = LazyLock::new(|| {
    let named = |&(names, class, form): &(&'static str, Class, Form)| {
        names.split(' ').map(move |name| (name, (class, form)))
    };
    TABLE.iter().flat_map(named).collect()
});
