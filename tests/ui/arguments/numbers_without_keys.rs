use streaming_net::streaming_net;

streaming_net! {
    pub struct Numbers <
        conv(3, 1, 4);
        dense(2, relu);
        tanh()
    >;

    pub struct Keras <
        Conv1D(3, in=1, out=4);
        Dense(1);
        gru(6);
        BatchNorm(0.001);
        cnov(3)
    >
}

fn main() {}
