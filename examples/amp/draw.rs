//! The plot: the recording and what comes out, whole and from close up, and the spectra of both.

use std::error::Error;
use std::path::Path;

use plotters::coord::Shift;
use plotters::prelude::*;

use crate::sound::{SAMPLE_RATE, seconds};
use crate::spectrum::{HIGHEST, LOWEST, spectrum};

const IN: RGBColor = RGBColor(31, 119, 180);
const OUT: RGBColor = RGBColor(230, 100, 10);

/// A waveform is drawn by about so many pieces, each from its least to its greatest sample.
const PIECES: usize = 1200;
/// How much is drawn from close up: 10 ms.
const CLOSE: usize = SAMPLE_RATE as usize / 100;

type Panel<'a> = DrawingArea<SVGBackend<'a>, Shift>;

pub(crate) fn draw(path: &Path, played: &[f32], amplified: &[f32]) -> Result<(), Box<dyn Error>> {
    let area = SVGBackend::new(path, (1200, 760)).into_drawing_area();
    area.fill(&WHITE)?;
    let (above, below) = area.split_vertically(360);
    let (first, second) = above.split_vertically(180);
    let (left, right) = below.split_horizontally(560);
    waveform(&first, "In", played, IN)?;
    waveform(&second, "Out", amplified, OUT)?;
    close_up(&left, played, amplified)?;
    spectra(&right, played, amplified)?;
    area.present()?;
    Ok(())
}

fn waveform(
    panel: &Panel<'_>,
    title: &str,
    samples: &[f32],
    color: RGBColor,
) -> Result<(), Box<dyn Error>> {
    let loudest = 1.05 * loudest(samples);
    let mut chart = ChartBuilder::on(panel)
        .caption(title, ("sans-serif", 18))
        .margin_left(10)
        .margin_top(6)
        .margin_right(24)
        .x_label_area_size(32)
        .y_label_area_size(48)
        .build_cartesian_2d(0.0..seconds(samples.len()), -loudest..loudest)?;
    chart
        .configure_mesh()
        .light_line_style(WHITE)
        .x_desc("seconds")
        .y_labels(5)
        .y_label_formatter(&|&y| tenths(y))
        .draw()?;
    let length = (samples.len() / PIECES).max(1);
    let line = samples.chunks(length).enumerate().flat_map(|(index, piece)| {
        let least = piece.iter().copied().fold(f32::INFINITY, f32::min);
        let greatest = piece.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        [least, greatest].map(|sample| (seconds(index * length), sample))
    });
    chart.draw_series(LineSeries::new(line, color))?;
    Ok(())
}

fn close_up(panel: &Panel<'_>, played: &[f32], amplified: &[f32]) -> Result<(), Box<dyn Error>> {
    // Where the recording is loudest, a little of what is before it too.
    let peak = (0..played.len()).max_by(|&a, &b| played[a].abs().total_cmp(&played[b].abs()));
    let start = peak.unwrap_or(0).saturating_sub(CLOSE / 4).min(played.len().saturating_sub(CLOSE));
    let seen =
        |samples: &[f32]| samples.iter().copied().skip(start).take(CLOSE).collect::<Vec<_>>();
    let (played, amplified) = (seen(played), seen(amplified));
    let most = 1.5 * loudest(&played).max(loudest(&amplified));
    let time = |sample: usize| 1e3 * seconds(sample);

    let mut chart = ChartBuilder::on(panel)
        .caption(format!("From {:.2} s, where it is loudest", seconds(start)), ("sans-serif", 18))
        .margin_left(10)
        .margin_top(6)
        .margin_right(24)
        .x_label_area_size(32)
        .y_label_area_size(48)
        .build_cartesian_2d(0.0..time(played.len()), -most..most)?;
    chart
        .configure_mesh()
        .light_line_style(WHITE)
        .x_desc("milliseconds")
        .x_label_formatter(&|time| format!("{time:.0}"))
        .y_label_formatter(&|&y| tenths(y))
        .draw()?;
    for (name, samples, color) in [("in", played, IN), ("out", amplified, OUT)] {
        let line = samples.into_iter().enumerate().map(|(at, sample)| (time(at), sample));
        chart
            .draw_series(LineSeries::new(line, color.stroke_width(2)))?
            .label(name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], color.stroke_width(2)));
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperRight)
        .background_style(WHITE.mix(0.8))
        .border_style(BLACK.mix(0.3))
        .draw()?;
    Ok(())
}

fn spectra(panel: &Panel<'_>, played: &[f32], amplified: &[f32]) -> Result<(), Box<dyn Error>> {
    let lines = [("in", spectrum(played), IN), ("out", spectrum(amplified), OUT)];
    let levels = lines.iter().flat_map(|(_, line, _)| line.iter().map(|&(_, level)| level));
    let (least, most) = levels.fold((f32::INFINITY, f32::NEG_INFINITY), |(least, most), level| {
        (least.min(level), most.max(level))
    });
    let mut chart = ChartBuilder::on(panel)
        .caption("Spectrum", ("sans-serif", 18))
        .margin_left(10)
        .margin_top(6)
        .margin_right(24)
        .x_label_area_size(32)
        .y_label_area_size(48)
        .build_cartesian_2d(
            (LOWEST..HIGHEST).log_scale(),
            // What is 100 dB below the loudest is not heard.
            (least.max(most - 100.0) - 5.0)..most + 5.0,
        )?;
    chart
        .configure_mesh()
        .light_line_style(WHITE)
        .x_desc("hertz, in twelfths of an octave")
        .x_label_formatter(&|hertz| format!("{hertz:.0}"))
        .y_desc("decibels, 0 a sine of full scale")
        .y_label_formatter(&|level| format!("{level:.0}"))
        .draw()?;
    for (name, line, color) in lines {
        chart
            .draw_series(LineSeries::new(line, color.stroke_width(2)))?
            .label(name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], color.stroke_width(2)));
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperRight)
        .background_style(WHITE.mix(0.8))
        .border_style(BLACK.mix(0.3))
        .draw()?;
    Ok(())
}

/// A label, without a minus before a zero.
fn tenths(y: f32) -> String {
    format!("{:.1}", (10.0 * y).round() / 10.0 + 0.0)
}

fn loudest(samples: &[f32]) -> f32 {
    samples.iter().fold(0.01, |loudest: f32, sample| loudest.max(sample.abs()))
}
