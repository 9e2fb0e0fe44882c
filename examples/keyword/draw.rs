//! The plot: the waveform with what was detected in it, and below it the probabilities.

use std::error::Error;
use std::path::Path;

use plotters::coord::Shift;
use plotters::prelude::*;

use crate::Spotter;
use crate::detector::CLASSES;
use crate::front::HOP;
use crate::heard::{Heard, seconds};

/// A colour for each class. The first is no event, and is not drawn.
const COLORS: [RGBColor; CLASSES.len()] = [
    RGBColor(150, 150, 150),
    RGBColor(214, 39, 40),
    RGBColor(31, 119, 180),
    RGBColor(148, 103, 189),
    RGBColor(44, 160, 44),
];

/// The waveform is drawn by about so many pieces, each from its least to its greatest sample.
const PIECES: usize = 1500;

type Panel<'a> = DrawingArea<SVGBackend<'a>, Shift>;

pub(crate) fn draw(path: &Path, heard: &Heard) -> Result<(), Box<dyn Error>> {
    let area = SVGBackend::new(path, (1200, 640)).into_drawing_area();
    area.fill(&WHITE)?;
    let (above, below) = area.split_vertically(360);
    waveform(&above, heard)?;
    probabilities(&below, heard)?;
    area.present()?;
    Ok(())
}

fn waveform(panel: &Panel<'_>, heard: &Heard) -> Result<(), Box<dyn Error>> {
    let title = "Heard, and detected at each line by the half second that is shaded";
    let loudest = heard.samples.iter().fold(0.01, |loudest: f32, sample| loudest.max(sample.abs()));
    let mut chart = ChartBuilder::on(panel)
        .caption(title, ("sans-serif", 18))
        .margin(10)
        .margin_right(24)
        .x_label_area_size(28)
        .y_label_area_size(40)
        .build_cartesian_2d(0.0..heard.seconds(), -loudest..1.2 * loudest)?;
    chart.configure_mesh().light_line_style(WHITE).x_desc("seconds").draw()?;

    let seen = seconds(Spotter::RECEPTIVE_FIELD * usize::from(HOP));
    chart.draw_series(heard.events.iter().map(|&(time, class)| {
        let corners = [((time - seen).max(0.0), -loudest), (time, loudest)];
        Rectangle::new(corners, COLORS[class].mix(0.2).filled())
    }))?;
    let length = (heard.samples.len() / PIECES).max(1);
    let pieces = heard.samples.chunks(length).enumerate();
    let line = pieces.flat_map(|(index, piece)| {
        let least = piece.iter().copied().fold(f32::INFINITY, f32::min);
        let greatest = piece.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        [least, greatest].map(|sample| (seconds(index * length), sample))
    });
    chart.draw_series(LineSeries::new(line, RGBColor(90, 90, 90)))?;
    for &(time, class) in &heard.events {
        let color = COLORS[class];
        let line = [(time, -loudest), (time, loudest)];
        chart.draw_series(LineSeries::new(line, color.stroke_width(2)))?;
        let style = ("sans-serif", 15).into_text_style(panel).color(&color);
        chart.draw_series([Text::new(CLASSES[class], (time, 1.14 * loudest), style)])?;
    }
    Ok(())
}

fn probabilities(panel: &Panel<'_>, heard: &Heard) -> Result<(), Box<dyn Error>> {
    let mut chart = ChartBuilder::on(panel)
        .caption("Probability of each, smoothed", ("sans-serif", 18))
        .margin(10)
        .margin_right(24)
        .x_label_area_size(28)
        .y_label_area_size(40)
        .build_cartesian_2d(0.0..heard.seconds(), 0.0_f32..1.0)?;
    chart.configure_mesh().light_line_style(WHITE).x_desc("seconds").draw()?;
    for (class, name) in CLASSES.into_iter().enumerate().skip(1) {
        let color = COLORS[class];
        let line = heard.outputs.iter().map(|&(time, output)| (time, output[class]));
        chart
            .draw_series(LineSeries::new(line, color.stroke_width(2)))?
            .label(name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], color.stroke_width(2)));
    }
    chart
        .configure_series_labels()
        // Before the first output.
        .position(SeriesLabelPosition::UpperLeft)
        .background_style(WHITE.mix(0.8))
        .border_style(BLACK.mix(0.3))
        .draw()?;
    Ok(())
}
