//! The plot: input, target and output over time.

use std::error::Error;
use std::path::Path;

use plotters::prelude::*;

use crate::signal::Frame;

/// Draws at most so many frames, the first ones.
const MOST_FRAMES: usize = 2400;

pub(crate) fn draw(
    path: &Path,
    frames: &[Frame],
    target: &[f32],
    output: &[f32],
) -> Result<(), Box<dyn Error>> {
    let frames = &frames[..frames.len().min(MOST_FRAMES)];
    let input: Vec<f32> = frames.iter().map(|frame| frame.sine).collect();
    let knob: Vec<f32> = frames.iter().map(|frame| frame.knob).collect();

    let area = SVGBackend::new(path, (1200, 640)).into_drawing_area();
    area.fill(&WHITE)?;
    let (above, below) = area.split_vertically(240);
    let panel = |area,
                 title: &str,
                 lines: &[(&str, &[f32], RGBColor)]|
     -> Result<(), Box<dyn Error>> {
        let mut chart = ChartBuilder::on(area)
            .caption(title, ("sans-serif", 18))
            .margin(10)
            .margin_right(24)
            .x_label_area_size(28)
            .y_label_area_size(40)
            .build_cartesian_2d(0..frames.len(), -1.3_f32..2.0)?;
        chart.configure_mesh().light_line_style(WHITE).x_desc("frame, at 48 kHz").draw()?;
        for &(name, samples, color) in lines {
            let points = samples.iter().take(frames.len()).copied().enumerate();
            chart.draw_series(LineSeries::new(points, color.stroke_width(2)))?.label(name).legend(
                move |(x, y)| PathElement::new([(x, y), (x + 18, y)], color.stroke_width(2)),
            );
        }
        chart
            .configure_series_labels()
            .position(SeriesLabelPosition::UpperRight)
            .background_style(WHITE.mix(0.8))
            .border_style(BLACK.mix(0.3))
            .draw()?;
        Ok(())
    };
    let (blue, gray) = (RGBColor(31, 119, 180), RGBColor(150, 150, 150));
    let (orange, green) = (RGBColor(255, 127, 14), RGBColor(44, 160, 44));
    panel(&above, "In", &[("sine", &input, blue), ("knob", &knob, green)])?;
    panel(&below, "Out", &[("target", target, gray), ("network", output, orange)])?;
    area.present()?;
    Ok(())
}
