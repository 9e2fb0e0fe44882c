use streaming_net::streaming_net;

streaming_net! {
    pub struct Net <
        relu(in=2);
        residual < residual < residual < residual < residual < residual < residual < residual < residual < residual < residual <
        residual < residual < residual < residual < residual < residual < residual < residual < residual < residual < residual <
        residual < residual < residual < residual < residual < residual < residual < residual < residual < residual < residual <
        tanh()
        > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > > >
    >
}

fn main() {
    // The shape is known in spite of the mistake: nothing is wrong here.
    let _: Option<[f32; 2]> = Net::new().push([0.5, 0.5]);
}
