use streaming_net::streaming_net;

streaming_net! {
    pub struct Keras < Activation(in=2); Add() < relu() | tanh() >; Dropout(); BatchNormalization() >;

    pub struct PyTorch < Linear(in=2, out=3); cat < relu() | tanh() >; MaxPool1d(size=2); Identity() >;
}

fn main() {}
