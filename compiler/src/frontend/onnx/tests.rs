use std::fs;
use std::path::Path;

use serde_json::Value as Json;

use super::{Words, read};
use crate::errors::Errors;
use crate::eval::Machine;
use crate::passes;

#[test]
fn scratch() {
    let Ok(folder) = std::env::var("ONNX_RUNS") else { return };
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .filter(|p| p.extension().is_some_and(|e| e == "onnx"))
        .collect();
    files.sort();
    for file in files {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let done = std::panic::catch_unwind(|| one(&file));
        match done {
            Ok(Ok(said)) => println!("OK   {name}: {said}"),
            Ok(Err(why)) => println!("FAIL {name}: {why}"),
            Err(_) => println!("PANIC {name}"),
        }
    }
}

fn one(file: &Path) -> Result<String, String> {
    let bytes = fs::read(file).unwrap();
    let run: Json =
        serde_json::from_slice(&fs::read(file.with_extension("json")).unwrap()).unwrap();
    let words = &run["words"];
    let size = |key: &str| words[key].as_u64().map(|n| n as usize);
    let words = Words {
        time: size("time"),
        window: size("window"),
        hop: size("hop"),
        carries: words["carry"].as_bool().unwrap_or(false),
        inputs: words["input"]
            .as_object()
            .map(|o| o.iter().map(|(k, v)| (k.clone(), v.as_f64().unwrap())).collect())
            .unwrap_or_default(),
        shapes: words["shape"]
            .as_object()
            .map(|o| {
                o.iter()
                    .map(|(k, v)| {
                        (
                            k.clone(),
                            v.as_array()
                                .unwrap()
                                .iter()
                                .map(|x| x.as_u64().unwrap() as usize)
                                .collect(),
                        )
                    })
                    .collect()
            })
            .unwrap_or_default(),
        ..Words::default()
    };
    let started = std::time::Instant::now();
    let (mut graph, _) = read(&bytes, &words, &proc_macro2::TokenStream::new())
        .map_err(|message| message.to_string())?;
    let mut errors = Errors::default();
    passes::align::align(&mut graph, &mut errors);
    passes::rewrite(&mut graph, &mut errors);
    if let Some(errors) = errors.finish() {
        return Err(errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "));
    }
    let took = started.elapsed();
    if std::env::var("ONNX_TEXT").is_ok() {
        println!("{graph}");
    }
    let numbers = |json: &Json| -> Vec<f64> {
        json.as_array().unwrap().iter().map(|x| x.as_f64().unwrap_or(f64::NAN)).collect()
    };
    let shape = |json: &Json| -> Vec<usize> {
        json.as_array().unwrap().iter().map(|x| x.as_u64().unwrap() as usize).collect()
    };
    let (x, xs) = (numbers(&run["x"]), shape(&run["xs"]));
    let channels = graph.inputs();
    let frames = x.len() / channels;
    let axis = xs
        .iter()
        .enumerate()
        .rev()
        .find(|(a, n)| **n == frames && words.time.is_none_or(|t| t == *a))
        .map(|(a, _)| a)
        .unwrap_or(0);
    let before: usize = xs[..axis].iter().product();
    let behind: usize = xs[axis..].iter().skip(1).product();
    let frame = |t: usize| -> Vec<f64> {
        (0..before)
            .flat_map(|b| (0..behind).map(move |c| (b, c)))
            .map(|(b, c)| x[(b * frames + t) * behind + c])
            .collect()
    };
    let mut machine = Machine::<f64>::new(&graph);
    let mut outputs = Vec::new();
    for t in 0..frames + 200 {
        let f = if t < frames { frame(t) } else { vec![0.0; channels] };
        for o in machine.push(&f, |_, _| {}).into_iter().flatten() {
            outputs.push((t, o));
        }
    }
    // Outputs are joined.
    let ys = run["ys"].as_array().unwrap();
    let mut worst: f64 = 0.0;
    let mut offset = 0;
    let mut count = 0;
    for y in ys {
        let (y, s) = (numbers(&y["y"]), shape(&y["s"]));
        if offset >= graph.outputs() {
            break;
        }
        // Find how many frames.
        let own = if ys.len() == 1 { graph.outputs() } else { s.iter().skip(2).product::<usize>() };
        let n = y.len() / own;
        let axis = s.iter().enumerate().rev().find(|(_, l)| **l == n && n > 1).map(|(a, _)| a);
        let (before, behind) = match axis {
            Some(a) => (s[..a].iter().product::<usize>(), s[a + 1..].iter().product::<usize>()),
            None => (1, own),
        };
        for j in 0..n {
            let want: Vec<f64> = (0..before)
                .flat_map(|b| (0..behind).map(move |c| (b, c)))
                .map(|(b, c)| y[(b * n + j) * behind + c])
                .collect();
            let got = if n > 1 {
                outputs.get(j)
            } else {
                outputs.iter().rev().find(|(t, _)| *t + 1 == frames).or(outputs.first())
            };
            if n > 1 && got.is_none_or(|(t, _)| *t >= frames) {
                if j == 0 {
                    return Err("no output".into());
                }
                break;
            }
            let Some((_, got)) = got else {
                return Err(format!("no output {j}"));
            };
            for (a, b) in got.iter().skip(offset).zip(&want) {
                worst = worst.max((a - b).abs() / b.abs().max(1.0));
                count += 1;
                if (a - b).is_nan() {
                    return Err("nan".into());
                }
            }
        }
        offset += own;
    }
    if worst > 2e-5 {
        return Err(format!(
            "off by {worst:e}, first output at {:?}, {} frames",
            outputs.first().map(|o| o.0),
            frames
        ));
    }
    Ok(format!(
        "{worst:.1e} of {count}, first {:?}, {} ops, {:?}",
        outputs.first().map(|o| o.0),
        graph.lines().len(),
        took
    ))
}
