//! Products with several matrices, and transposed convolutions in groups.

use super::{each, same};

#[test]
fn products_with_several_matrices() {
    let ramp = |place: usize| f64::from(u8::try_from(place * 37 % 64).unwrap()) / 32.0 - 1.0;
    let own = "x: float[T, 3, 2]\nw: float[3, 2, 2] = ramp\nu: int64 = [2]\nv = Unsqueeze(x, u)
p = MatMul(v, w)\ny = Squeeze(p, u)\n-> y";
    let product = |matrix: usize, x: &[f64]| {
        [0, 1].map(|column| ramp(4 * matrix + column) * x[0] + ramp(4 * matrix + 2 + column) * x[1])
    };
    each(own, 6, |x| (0..3).flat_map(|m| product(m, &x[2 * m..])).collect());
    // Rows of a frame, each with all matrices, and a matrix that stands first.
    let all = "x: float[T, 1, 2, 2]\nw: float[3, 2, 2] = ramp\ny = MatMul(x, w)\n-> y";
    each(all, 4, |x| (0..3).flat_map(|m| [product(m, x), product(m, &x[2..])]).flatten().collect());
    let rows = "x: float[T, 3, 2, 2]\nw: float[3, 2, 2] = ramp\ny = MatMul(x, w)\n-> y";
    each(rows, 12, |x| {
        let row = |m: usize, row: usize| product(m, &x[4 * m + 2 * row..]);
        (0..3).flat_map(|m| [row(m, 0), row(m, 1)]).flatten().collect()
    });
    same(&[
        "x: float[T, 3, 2, 2]\nw: float[3, 2, 2] = ramp\ny = MatMul(w, x)\n-> y",
        "x: float[T, 3, 2, 2]\nw: float[3, 2, 2] = ramp\nz = Transpose<perm=[0, 1, 3, 2]>(x)
v = Transpose<perm=[0, 2, 1]>(w)\np = MatMul(z, v)\ny = Transpose<perm=[0, 1, 3, 2]>(p)\n-> y",
    ]);
    each("x: float[T, 2]\nw: float[2] = [0.5, 2]\ny = MatMul(x, w)\n-> y", 2, |x| {
        vec![x[0] * 0.5 + x[1] * 2.0]
    });
    each("x: float[T, 2, 1]\nw: float[2] = [0.5, 2]\ny = MatMul(w, x)\n-> y", 2, |x| {
        vec![x[0] * 0.5 + x[1] * 2.0]
    });
    each("x: float[T, 2]\nb: float = 10\ny = Pow(b, x)\n-> y", 2, |x| {
        x.iter().map(|x| 10_f64.powf(*x)).collect()
    });
}

#[test]
fn transposed_convolutions_in_groups() {
    let of = |parts: &str| format!("x: float[1, 2, T]\n{parts}\n-> y");
    for attributes in [
        "strides=[2]",
        "strides=[2], pads=[1, 1]",
        "strides=[2], pads=[1, 1], output_padding=[1]",
        "strides=[3], pads=[2, 0]",
        "strides=[1], pads=[2, 2]",
        "strides=[1], dilations=[2]",
    ] {
        // Each channel by itself, and as a kernel with zeros between the channels.
        let groups = format!(
            "w: float[2, 1, 4] = [1, 2, 3, 4, 5, 6, 7, 8]\ny = ConvTranspose<group=2, {attributes}>(x, w)"
        );
        let zeros = format!(
            "w: float[2, 2, 4] = [1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 5, 6, 7, 8]
y = ConvTranspose<{attributes}>(x, w)"
        );
        same(&[&of(&zeros), &of(&groups)]);
    }
}

#[test]
fn equations_are_products() {
    let of = |shape: &str, weights: &str, call: &str| {
        format!("x: float[{shape}]\nw: float[{weights}] = ramp\n{call}\n-> y")
    };
    let einsum =
        |equation: &str, inputs: &str| format!("y = Einsum<equation=\"{equation}\">({inputs})");
    same(&[
        &of("1, T, 4", "4, 3", "y = MatMul(x, w)"),
        &of("1, T, 4", "4, 3", &einsum("bti, io -> bto", "x, w")),
        &of("1, T, 4", "4, 3", &einsum("io,bti->bto", "w, x")),
    ]);
    same(&[
        &of(
            "1, T, 4",
            "3, 4",
            "m = Transpose<perm=[1, 0]>(w)\np = MatMul(x, m)\ny = Transpose<perm=[0, 2, 1]>(p)",
        ),
        &of("1, T, 4", "3, 4", &einsum("bti,oi->bot", "x, w")),
    ]);
    // Heads, each with a matrix, and a sum over two axes.
    let squeezed = "u: int64 = [2]\nv = Unsqueeze(x, u)\np = MatMul(v, w)\ny = Squeeze(p, u)";
    same(&[
        &of("T, 3, 2", "3, 2, 4", squeezed),
        &of("T, 3, 2", "3, 2, 4", &einsum("thi,hio->tho", "x, w")),
    ]);
    let flat = "f = Flatten(x)\ns: int64 = [6, 4]\nm = Reshape(w, s)\ny = MatMul(f, m)";
    same(&[
        &of("T, 3, 2", "3, 2, 4", flat),
        &of("T, 3, 2", "3, 2, 4", &einsum("thi,hio->to", "x, w")),
    ]);
}

#[test]
fn sums_of_functions() {
    each("x: float[T, 3]\ny = ReduceL1<axes=[1]>(x)\n-> y", 3, |x| {
        vec![x.iter().map(|x| x.abs()).sum()]
    });
    each("x: float[T, 3]\ne = Exp(x)\ny = ReduceLogSum<axes=[1], keepdims=0>(e)\n-> y", 3, |x| {
        vec![x.iter().map(|x| x.exp()).sum::<f64>().ln()]
    });
    each(
        "x: float[T, 3]\nk: float = 400\nz = Mul(x, k)\ny = ReduceLogSumExp<axes=[1]>(z)\n-> y",
        3,
        |x| {
            let highest = x.iter().copied().fold(f64::NEG_INFINITY, f64::max) * 400.0;
            vec![highest + x.iter().map(|x| (x * 400.0 - highest).exp()).sum::<f64>().ln()]
        },
    );
    each("x: float[T, 2]\ny = Celu<alpha=2.0>(x)\n-> y", 2, |x| {
        x.iter().map(|x| x.max(0.0) + (2.0 * ((x / 2.0).exp() - 1.0)).min(0.0)).collect()
    });
}
