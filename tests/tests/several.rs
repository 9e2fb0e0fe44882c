//! Several captures in one network: each gives what it gives alone, from rest and from its file's initial state, and what
//! captures say of their signal is a constant.

#![forbid(unsafe_code)]

use streaming_net::{DynStreamingNet, Metadata, StreamingNet, streaming_net};

streaming_net! {
    #[weights("weights/nam/gated.nam", lead = "weights/nam/gated_lead.nam")]
    #[start = "rest"]
    pub struct Amp;

    #[weights = "weights/nam/gated.nam"]
    #[start = "rest"]
    pub struct Clean;

    #[weights = "weights/nam/gated_lead.nam"]
    #[start = "rest"]
    pub struct Lead;

    #[weights("weights/nam/lstm.nam", "weights/nam/lstm_lead.nam")]
    pub struct Rnn;

    #[weights = "weights/nam/lstm_lead.nam"]
    pub struct RnnLead;

    /// A layer that is called as the field would be.
    #[weights(
        a = "weights/expansions/called_weights.json",
        b = "weights/expansions/called_weights.json"
    )]
    pub struct Named < weights: conv(k=2, in=1, out=1, causal) >

    #[weights = "weights/nam/cat_wavenet.nam"]
    pub struct Knobs;

    #[weights = "weights/captures/aidax_knobs.json"]
    pub struct Aidax;

    #[weights = "weights/captures/rtneural_input_layer.json"]
    pub struct Rtneural;

    pub struct Plain < relu(in=1) >
}

fn input(frame: u16) -> [f32; 1] {
    [(f32::from(frame) * 0.37).sin() * 0.5]
}

/// The outputs of both for the same frames, one by one and in a block.
fn assert_same<A, B>(one: &mut A, other: &mut B, frames: u16)
where
    A: StreamingNet<Input = [f32; 1], Output = [f32; 1]>,
    B: StreamingNet<Input = [f32; 1], Output = [f32; 1]>,
{
    for frame in 0..frames {
        assert_eq!(one.push(input(frame)), other.push(input(frame)), "at frame {frame}");
    }
    let frames: Vec<_> = (0..64).map(input).collect();
    let mut outputs = [[[0.0]; 64]; 2];
    let [first, second] = &mut outputs;
    assert_eq!(one.push_block(&frames, first), other.push_block(&frames, second));
    assert_eq!(first, second);
}

#[test]
fn each_is_as_alone_from_rest() {
    let mut amp = Amp::new();
    assert_same(&mut amp, &mut Clean::new(), 100);
    for _ in 0..2 {
        amp.load(Amp::LEAD);
        amp.reset();
        assert_same(&mut amp, &mut Lead::new(), 100);
        amp.load(Amp::GATED);
        amp.reset();
        assert_same(&mut amp, &mut Clean::new(), 100);
    }
}

#[test]
fn history_is_kept_for_a_receptive_field() {
    let (mut amp, mut lead) = (Amp::new(), Lead::new());
    for frame in 0..200 {
        amp.push(input(frame));
        lead.push(input(frame));
    }
    amp.load(Amp::LEAD);
    let field = u16::try_from(Amp::RECEPTIVE_FIELD).unwrap();
    let outputs: Vec<_> = (200..200 + 2 * field)
        .map(|frame| (amp.push(input(frame)), lead.push(input(frame))))
        .collect();
    let differ = |(amp, lead): &(Option<[f32; 1]>, Option<[f32; 1]>)| amp != lead;
    assert!(outputs.iter().take(2).all(differ), "{outputs:?}");
    assert!(!outputs.iter().skip(usize::from(field)).any(differ), "{outputs:?}");
}

#[test]
fn an_initial_state_is_that_of_the_file() {
    let mut rnn = Rnn::new();
    rnn.load(Rnn::LSTM_LEAD);
    rnn.reset();
    assert_same(&mut rnn, &mut RnnLead::new(), 50);
}

#[test]
fn state_is_that_of_one() {
    let [one, several] = [Clean::STATE_BYTES, Amp::STATE_BYTES];
    assert!(several <= one + 8, "{several} bytes, and {one} alone");
    assert_eq!(Amp::WEIGHT_BYTES, 2 * Clean::WEIGHT_BYTES);
    assert_eq!(
        Amp::WEIGHTS.map(AmpWeights::file),
        ["weights/nam/gated.nam", "weights/nam/gated_lead.nam"]
    );
    // A label may have any name.
    let mut named = Named::new();
    named.load(Named::B);
    assert!(named.push([0.5]).is_some());
}

#[test]
fn networks_of_several_shapes_are_trait_objects() {
    let (mut amp, mut rnn) = (Amp::new(), Rnn::new());
    let (mut same_amp, mut same_rnn) = (Amp::new(), Rnn::new());
    let nets: [&mut dyn DynStreamingNet<[f32; 1], [f32; 1]>; 2] = [&mut amp, &mut rnn];
    let expected = [same_amp.push([0.5]), same_rnn.push([0.5])];
    for (net, expected) in nets.into_iter().zip(expected) {
        let mut outputs = [[0.0]];
        assert_eq!(net.push_block(&[[0.5]], &mut outputs), 1);
        assert_eq!(Some(outputs[0]), expected);
        net.reset();
        assert_eq!(net.push([0.5]), expected);
    }
}

/// What generic code sees.
fn metadata<N: StreamingNet>() -> Metadata {
    let Metadata { name, sample_rate, loudness, .. } = N::METADATA;
    assert_eq!((name, sample_rate, loudness), (N::NAME, N::SAMPLE_RATE, N::LOUDNESS));
    N::METADATA
}

#[test]
fn captures_say_what_their_files_say() {
    const _: () = assert!(Clean::SAMPLE_RATE == 48_000.0 && Amp::SAMPLE_RATE == 48_000.0);
    let clean = Metadata {
        name: Some("Clean"),
        sample_rate: Some(48_000.0),
        loudness: Some(-20.5),
        input_level_dbu: Some(12.25),
        ..Metadata::NONE
    };
    assert_eq!(metadata::<Clean>(), clean);
    assert_eq!(Amp::GATED.metadata(), clean);
    assert_eq!((Clean::NAME, Clean::LOUDNESS), (Some("Clean"), Some(-20.5)));
    assert_eq!((Clean::INPUT_LEVEL_DBU, Clean::OUTPUT_LEVEL_DBU), (Some(12.25), None));
    assert_eq!((Clean::IN_GAIN_DB, Clean::OUT_GAIN_DB), (None, None));
    assert_eq!(Lead::OUTPUT_LEVEL_DBU, Some(3.5));
    assert_eq!(Amp::LEAD.metadata().name, Some("Lead “11”"));
    // What both say alike.
    let both = Metadata { name: None, loudness: None, ..clean };
    assert_eq!(metadata::<Amp>(), both);
    assert_eq!((Aidax::IN_GAIN_DB, Aidax::OUT_GAIN_DB), (Some(-6.0), Some(3.5)));
    assert_eq!((Aidax::SAMPLE_RATE, Aidax::NAME), (48_000.0, Some("Drawn")));
    assert_eq!(metadata::<Rtneural>(), Metadata { sample_rate: Some(44_100.0), ..Metadata::NONE });
    assert_eq!(metadata::<Plain>(), Metadata::NONE);
}

#[test]
fn knobs_are_in_the_order_of_the_inputs() {
    let knobs = Knobs::METADATA.knobs.iter();
    let knobs: Vec<_> =
        knobs.map(|knob| (knob.name, knob.channel, [knob.min, knob.max, knob.default])).collect();
    let expected = [
        ("bright", 1, [0.0, 1.0, 1.0]),
        ("gain", 2, [0.0, 1.0, 0.5]),
        ("tone", 3, [-10.0, 10.0, 2.0]),
    ];
    assert_eq!(knobs, expected);
    assert_eq!(Knobs::INPUTS, 4);
}

#[test]
fn the_output_at_rest_is_what_silence_comes_to() {
    let settled = |net: &mut dyn DynStreamingNet<[f32; 1], [f32; 1]>| {
        (0..2000).map(|_| net.push([0.0])).last().flatten()
    };
    assert_eq!(Some(Amp::LEAD.output_at_rest()), Some(Lead::OUTPUT_AT_REST));
    assert_eq!(<Lead as StreamingNet>::OUTPUT_AT_REST, Some(Lead::OUTPUT_AT_REST));
    assert_eq!(<Plain as StreamingNet>::OUTPUT_AT_REST, None);
    for (found, [expected]) in [
        (settled(&mut Lead::cold()), Lead::OUTPUT_AT_REST),
        // It starts cold, and is a capture.
        (settled(&mut RnnLead::new()), RnnLead::OUTPUT_AT_REST),
    ] {
        let Some([found]) = found else { panic!("a capture gives an output at every push") };
        assert!((found - expected).abs() < 1e-6, "{found}, not {expected}");
    }
}
