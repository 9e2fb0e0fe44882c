use streaming_net::streaming_net;

streaming_net! {
    #[weights = "weights/nam/container.nam"]
    pub struct Choose;

    #[weights = "weights/nam/container.nam"]
    #[submodel = 7]
    pub struct Beyond;

    #[weights = "weights/nam/slimmable.nam"]
    #[slim = 3]
    pub struct Slim;

    #[weights = "weights/nam/gated.nam"]
    #[submodle = 1]
    pub struct Misspelt;

    #[weights = "weights/nam/slimmable.nam"]
    #[slim = 1]
    #[slim = 2]
    pub struct Twice;

    #[weights = "weights/notebook_v4.json"]
    pub struct NoLayers;

    #[weights = "weights/wrong/film.nam"]
    pub struct Film;

    #[weights = "weights/nam/linear.nam"]
    pub struct Other < conv(k=25, in=1, out=1, causal) >;

    #[weights = "weights/nam/linear.nam"]
    pub struct More < conv(k=24, in=1, out=1, causal); relu(); tanh() >;

    #[weights = "weights/nam/a2_lite.nam"]
    pub struct Missing;

    #[budget(ram = 100)]
    #[weights = "weights/nam/linear_no_bias.nam"]
    pub struct Fits;

    #[budget(ram = 10)]
    #[weights = "weights/nam/linear.nam"]
    pub struct TooMuch;
}

fn main() {
    let _: Option<[f32; 1]> = Fits::new().push([0.5]);
    let _: Option<[f32; 1]> = Other::new().push([0.5]);
}
