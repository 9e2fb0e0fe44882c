//! The plot: the waveform with what was heard as a voice, and below it the probability.

use std::error::Error;
use std::path::Path;

use plotters::prelude::*;

use crate::{SAMPLE_RATE, THRESHOLD, seconds, voices};

const BLUE: RGBColor = RGBColor(31, 119, 180);
/// The waveform is drawn by about so many pieces, each from its least to its greatest sample.
const PIECES: usize = 1500;

pub(crate) fn draw(
    path: &Path,
    samples: &[i16],
    probabilities: &[f32],
) -> Result<(), Box<dyn Error>> {
    let area = SVGBackend::new(path, (1200, 560)).into_drawing_area();
    area.fill(&WHITE)?;
    let (above, below) = area.split_vertically(320);
    let end = samples.len() as f64 / f64::from(SAMPLE_RATE);

    let loudest = samples.iter().map(|sample| sample.unsigned_abs()).max().unwrap_or(0).max(1);
    let loudest = f64::from(loudest) / 32_768.0;
    let mut chart = ChartBuilder::on(&above)
        .caption("Heard, with a voice where it is shaded", ("sans-serif", 18))
        .margin(10)
        .x_label_area_size(28)
        .y_label_area_size(50)
        .build_cartesian_2d(0.0..end, -loudest..loudest)?;
    chart.configure_mesh().light_line_style(WHITE).x_desc("seconds").draw()?;
    chart.draw_series(voices(probabilities).into_iter().map(|[from, to]| {
        let corners = [(seconds(from), -loudest), (seconds(to), loudest)];
        Rectangle::new(corners, BLUE.mix(0.2).filled())
    }))?;
    let length = (samples.len() / PIECES).max(1);
    let line = samples.chunks(length).enumerate().flat_map(|(index, piece)| {
        let time = (index * length) as f64 / f64::from(SAMPLE_RATE);
        let ends = [piece.iter().min(), piece.iter().max()];
        ends.map(|end| (time, f64::from(end.copied().unwrap_or_default()) / 32_768.0))
    });
    chart.draw_series(LineSeries::new(line, RGBColor(90, 90, 90)))?;

    let mut chart = ChartBuilder::on(&below)
        .caption("Probability of a voice, and the threshold", ("sans-serif", 18))
        .margin(10)
        .x_label_area_size(28)
        .y_label_area_size(50)
        .build_cartesian_2d(0.0..end, 0.0_f32..1.0)?;
    chart.configure_mesh().light_line_style(WHITE).x_desc("seconds").draw()?;
    let line = probabilities.iter().enumerate().map(|(chunk, y)| (seconds(chunk + 1), *y));
    chart.draw_series(LineSeries::new(line, BLUE.stroke_width(2)))?;
    chart.draw_series(LineSeries::new([(0.0, THRESHOLD), (end, THRESHOLD)], BLACK.mix(0.4)))?;
    area.present()?;
    Ok(())
}
