use streaming_net::streaming_net;

streaming_net! {
    pub struct Keras <
        Conv1D(in=2, out=4); DepthwiseConv1D(k=3); SeparableConv1D(out=4); Dense(out=4); Conv2D(out=4);
        DepthwiseConv2D(k=3); Conv1DTranspose(out=4); Conv2DTranspose(out=4); Conv3D(out=4); UpSampling1D(size=2);
        GRU(units=4); LSTM(units=4); SimpleRNN(units=4); Bidirectional(units=4); MultiHeadAttention();
        MaxPooling1D(); AveragePooling1D(); GlobalAveragePooling1D(); GlobalMaxPooling1D(); Flatten(); Cropping1D();
        ZeroPadding1D(); BatchNormalization(); LayerNormalization(); GroupNormalization(); PReLU(); Add(); Multiply();
        Concatenate(); Subtract(); Activation(); ReLU(); LeakyReLU(); ELU(); Softmax(); Dropout(); TimeDistributed();
        Reshape(); InputLayer(); GlobalAveragePooling2D(); UpSampling2D(); Masking();
    >;

    pub struct PyTorch <
        Conv1d(in=2, out=4); Conv2d(out=4); Linear(out=4); ConvTranspose1d(out=4); Upsample(n=2); MaxPool1d();
        AvgPool1d(); AdaptiveAvgPool1d(); BatchNorm1d(); LayerNorm(); InstanceNorm1d(); PReLU(); cat(); GLU(); Identity();
        ReLU(); ReLU6(); LeakyReLU(); ELU(); SELU(); SiLU(); Softsign(); Tanh(); Sigmoid(); Hardtanh(); Hardsigmoid();
        Hardswish(); RNN(); TransformerEncoder(); Embedding();
    >;

    pub struct Spellings <
        conv1d(in=2, out=4); CONV1D(out=4); Conv_1d(out=4); fully_connected(out=4); batchnorm(); batch_normalization();
        maxpool1d(); min_pool(size=2); swish(); conv3d(out=4); conv2(out=4); relu7(); sub(); rnn(units=4);
    >;
}

fn main() {}
