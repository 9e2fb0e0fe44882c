/// Pushes the frames one by one, and writes the outputs to the front of the second slice. Returns how many it wrote.
///
/// ```
/// use streaming_net::__private::integer::frame_by_frame;
///
/// let mut outputs = [[0; 1]; 2];
/// let even = |_: &mut (), [x]: [i16; 1]| (x % 2 == 0).then_some([x]);
/// assert_eq!(frame_by_frame(&mut (), &[[1], [2], [3], [4]], &mut outputs, even), 2);
/// assert_eq!(outputs, [[2], [4]]);
/// ```
#[inline(always)]
pub fn frame_by_frame<N, const INPUTS: usize, O>(
    net: &mut N,
    frames: &[[i16; INPUTS]],
    outputs: &mut [O],
    mut push: impl FnMut(&mut N, [i16; INPUTS]) -> Option<O>,
) -> usize {
    let (mut places, mut written) = (outputs.iter_mut(), 0);
    for frame in frames {
        if let Some(output) = push(net, *frame)
            && let Some(place) = places.next()
        {
            *place = output;
            written += 1;
        }
    }
    written
}
