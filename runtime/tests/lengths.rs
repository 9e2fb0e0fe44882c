//! Lengths that no expansion gets wrong: a debug build panics where one is wrong, a release build never does.

#![allow(clippy::float_cmp, reason = "whole numbers come out whole")]

use streaming_net::__private::{
    Conv, GroupedConv, History, ScheduledHistory, add, add_block, join_blocks, linear, map_block,
    scratch, write_outputs,
};

/// The difference of two frames.
static EDGE: Conv<2, 1, 1> = Conv { kernel: [[[-1.0]], [[1.0]]], bias: [0.0] };
static GAIN: Conv<1, 1, 1> = Conv { kernel: [[[2.0]]], bias: [0.0] };
static GROUPS: GroupedConv<1, 1, 2, 2> = GroupedConv { kernel: [[[1.0, 2.0]]], bias: [0.0; 2] };
const FRAMES: [[f32; 1]; 4] = [[1.0], [3.0], [6.0], [10.0]];

/// Pushes a block with so much scratch memory beside it.
fn pushed(numbers: usize) -> Vec<[f32; 1]> {
    let (mut buffer, mut memory) = ([0.0; 4], vec![0.0; numbers]);
    let frames = (FRAMES.as_slice(), memory.as_mut_slice());
    EDGE.push_block(&mut History::<1, 1, 1>::new(), frames, (), &mut buffer, linear).to_vec()
}

#[test]
fn the_stated_scratch_memory_is_enough() {
    assert_eq!(pushed(scratch(&[[2, 1, 1, 1]], 4)), [[1.0], [2.0], [3.0], [4.0]]);

    // Four outputs of a stride of 2, and taps 5 frames apart.
    let frames = [0, 1, 2, 3, 4, 5, 6, 7].map(|x: i8| [f32::from(x)]);
    let (mut buffer, mut memory) = ([0.0; 4], vec![0.0; scratch(&[[2, 1, 2, 1]], 8)]);
    let mut strided = ScheduledHistory::<1, 1, 1, 0, 2>::new();
    let with_scratch = (frames.as_slice(), memory.as_mut_slice());
    let outputs = EDGE.push_block(&mut strided, with_scratch, (), &mut buffer, linear);
    assert_eq!(outputs, [[0.0], [1.0], [1.0], [1.0]]);
    let (mut buffer, mut memory) = ([0.0; 8], vec![0.0; scratch(&[[2, 5, 1, 1]], 4)]);
    let with_scratch = (frames.as_slice(), memory.as_mut_slice());
    let outputs =
        EDGE.push_block(&mut History::<1, 1, 5>::new(), with_scratch, (), &mut buffer, linear);
    assert_eq!(outputs.as_flattened(), [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 5.0, 5.0]);
}

/// Tests whose body panics in debug builds alone.
macro_rules! panics_in_debug {
    ($($name:ident, $message:literal: $body:expr;)+) => {$(
        #[test]
        #[cfg_attr(debug_assertions, should_panic(expected = $message))]
        fn $name() {
            let _ = $body;
        }
    )+};
}

panics_in_debug! {
    too_little_scratch, "the scratch memory is too small": pushed(4);

    too_little_scratch_for_a_stride, "the scratch memory is too small": {
        let (mut buffer, mut memory) = ([0.0; 4], [0.0; 7]);
        let frames = ([[1.0]; 8].as_slice(), memory.as_mut_slice());
        let mut history = ScheduledHistory::<1, 1, 1, 0, 2>::new();
        EDGE.push_block(&mut history, frames, (), &mut buffer, linear).len()
    };

    no_multiple_of_four_frames, "frames for a multiple of 4 outputs":
        GAIN.apply_block(&[[1.0]; 6], (), &mut [0.0; 6], linear).len();

    a_buffer_that_is_too_short, "the buffer is too short":
        GAIN.apply_block(&FRAMES, (), &mut [0.0; 3], linear).len();

    a_buffer_that_is_too_short_for_groups, "the buffer is too short":
        GROUPS.apply_block(&[[1.0; 2]; 4], &mut [0.0; 7], linear).len();

    a_buffer_that_is_too_short_to_map, "the buffer is too short":
        map_block(&FRAMES, &mut [0.0; 3], |frame| frame).len();

    too_few_initial_values, "initial values for each frame":
        GAIN.apply_block(&FRAMES, [[0.0]; 3].as_slice(), &mut [0.0; 4], linear).len();

    too_few_to_join, "one of the others for each frame":
        join_blocks(&FRAMES, &[[0.0]; 3], &mut [0.0; 4], add).len();

    too_few_to_add, "a sum for each frame": add_block(&mut [[0.0]; 3], &FRAMES);

    too_few_outputs, "an output for each frame": write_outputs(&FRAMES, &mut [[0.0]; 3]);
}
