use crate::net::StreamingNet;

/// Pushes the frames one by one, and writes the outputs to the front of the second slice. Returns how many it wrote.
#[inline(always)]
pub fn frame_by_frame<N: StreamingNet<i16>>(
    net: &mut N,
    frames: &[N::Input],
    outputs: &mut [N::Output],
) -> usize {
    let (mut places, mut written) = (outputs.iter_mut(), 0);
    for frame in frames {
        if let Some(output) = net.push(*frame)
            && let Some(place) = places.next()
        {
            *place = output;
            written += 1;
        }
    }
    written
}
