//! Layers that are not those that the file says.

use streaming_net::streaming_net;

streaming_net! {
    #[weights = "weights/formats/aidax.json"]
    pub struct Kind < gru(in=1, units=6); dense(out=1) >

    #[weights = "weights/formats/aidax.json"]
    pub struct Activation < lstm(in=1, units=6); dense(out=1, tanh) >

    #[weights = "weights/formats/aidax.json"]
    pub struct Short < lstm(in=1, units=6) >

    #[weights = "weights/formats/side_by_side.keras"]
    pub struct Long <
        sum < conv(k=2, in=3, out=3, causal, tanh) | conv(k=2, out=3, causal, relu); conv(k=2, out=3, causal) >;
        dense(out=2);
        dense(out=2)
    >

    #[weights = "weights/formats/side_by_side.keras"]
    pub struct Ways <
        sum < conv(k=2, in=3, out=3, causal, tanh); conv(k=2, out=3, causal, relu) | conv(k=2, out=3, causal) >;
        dense(out=2)
    >
}

fn main() {
    // The shapes are known in spite of the mistakes.
    let _: Option<[f32; 1]> = Kind::new().push([0.5]);
    let _: Option<[f32; 2]> = Ways::new().push([0.5; 3]);
}
