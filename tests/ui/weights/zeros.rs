use streaming_net::streaming_net;

streaming_net! {
    #[weights = zeros]
    #[self_test]
    struct Tested < conv(k=3, in=2, out=4, relu) >

    #[weights = zeros]
    #[submodel = 0]
    #[slim = 2]
    struct Chosen < conv(k=3, in=2, out=4, relu) >

    #[weights = zeros]
    struct Listless;

    #[weights = zeroes]
    struct Misspelt < conv(k=3, in=2, out=4, relu) >

    #[weights = "zeros"]
    struct Quoted < conv(k=3, in=2, out=4, relu) >

    #[weights = zeros]
    #[weights = "weights/notebook_v4.json"]
    struct Twice < conv(k=3, in=2, out=4, relu) >

    #[weights = zeros]
    #[budget(flash = 4_000_000_000)]
    struct Huge < dense(in=10_000, out=10_000) >

    #[weights = zeros]
    struct Large < dense(in=1_000, out=1_000) >
}

fn main() {
    // The method is there in spite of the mistake: nothing is wrong here.
    let _: Result<(), streaming_net::Mismatch> = Tested::new().self_test();
}
