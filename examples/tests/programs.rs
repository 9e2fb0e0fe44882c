//! The example programs run, and print what they are known to print. `UPDATE_EXPECT=1` writes it anew.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use expect_test::{expect, expect_file};

#[test]
fn notebook() {
    let output = Command::new(env!("CARGO_BIN_EXE_notebook")).output().unwrap();
    assert!(output.status.success());
    expect_file!["../notebook/expected.txt"].assert_eq(&text(output.stdout));
}

#[test]
fn pulse() {
    let output = Command::new(env!("CARGO_BIN_EXE_pulse")).output().unwrap();
    assert!(output.status.success());
    expect_file!["../pytorch/expected.txt"].assert_eq(&text(output.stdout));
}

/// Runs a program that draws; what it draws goes to a folder for tests.
fn run(program: &str, name: &str, arguments: &[&str], input: &[u8]) -> (Output, PathBuf) {
    let drawn = scratch(&format!("{name}.svg"));
    let mut child = Command::new(program)
        .args(arguments)
        .arg("--out")
        .arg(&drawn)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that does not read closes the pipe, which is no matter here.
    let _ = child.stdin.take().unwrap().write_all(input);
    (child.wait_with_output().unwrap(), drawn)
}

fn waveshaper(name: &str, arguments: &[&str], input: &str) -> (Output, PathBuf) {
    run(env!("CARGO_BIN_EXE_waveshaper"), name, arguments, input.as_bytes())
}

fn keyword(name: &str, arguments: &[&str], input: &[u8]) -> (Output, PathBuf) {
    run(env!("CARGO_BIN_EXE_keyword"), name, arguments, input)
}

/// Plays a recording through a capture: what it printed, what it drew, and what comes out.
fn amp(name: &str, capture: &str, recording: &[u8]) -> (Output, PathBuf, PathBuf) {
    let sound = scratch(&format!("{name}.wav"));
    let arguments = ["-", "--capture", capture, "--sound", sound.to_str().unwrap()];
    let (output, drawn) = run(env!("CARGO_BIN_EXE_amp"), name, &arguments, recording);
    (output, drawn, sound)
}

fn scratch(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

/// What it prints, without the last line, which names the file.
fn results(printed: &str) -> &str {
    let (results, _) = printed.split_once("drawn into").unwrap();
    results
}

#[test]
fn waveshaper_of_its_own_signal() {
    let (output, drawn) = waveshaper("own", &[], "");
    assert!(output.status.success(), "{}", text(output.stderr));
    expect![[r"
        1200 frames, 408 multiply-accumulates each
        root mean square error after 256 frames: 0.041
    "]]
    .assert_eq(results(&text(output.stdout)));
    let svg = std::fs::read_to_string(drawn).unwrap();
    // Two lines of input, the target, and the output; each has a point for each frame.
    let polylines = svg.matches("<polyline").count();
    assert!(polylines >= 4, "{polylines} lines are drawn");
    assert!(svg.contains("target") && svg.contains("network"));
}

#[test]
fn waveshaper_of_standard_input() {
    let sine = (0_u16..600).map(|frame| (f32::from(frame) * 0.05).sin());
    let input: Vec<_> = sine.map(|sine| format!("{sine} 1")).collect();
    let (output, _) = waveshaper("piped", &["-"], &input.join("\n"));
    assert!(output.status.success(), "{}", text(output.stderr));
    expect![[r"
        600 frames, 408 multiply-accumulates each
        root mean square error after 256 frames: 0.046
    "]]
    .assert_eq(results(&text(output.stdout)));
}

#[test]
fn waveshaper_says_what_is_wrong_with_its_input() {
    let (output, _) = waveshaper("wrong", &["-"], "0.5 1\n\n0.7 loud\n");
    assert!(!output.status.success());
    expect![[r"
        waveshaper: line 3: `loud` is not a number
    "]]
    .assert_eq(&text(output.stderr));
    let (output, _) = waveshaper("short", &["-"], "0.5\n");
    expect![[r"
        waveshaper: line 1: expected `sine knob`, found 1 numbers
    "]]
    .assert_eq(&text(output.stderr));
    let (output, _) = waveshaper("empty", &["-"], "\n");
    expect![[r"
        waveshaper: no frames on standard input
    "]]
    .assert_eq(&text(output.stderr));
}

/// A detection is in time from the event's beginning to so many seconds after its end.
const LATE: f64 = 0.2;

/// Each event of the demo is detected once, in time and as what it is, and nothing else is.
fn assert_finds_the_events(printed: &str) {
    let labels: Vec<Vec<&str>> = include_str!("../keyword/demo.txt")
        .lines()
        .map(|line| line.split('\t').collect())
        .collect();
    let (detections, summary) = printed.split_at(printed.find("6 events in 5.60 s").unwrap());
    assert!(summary.contains("multiply-accumulates"), "{summary}");
    assert_eq!(detections.lines().count(), labels.len(), "{detections}");
    for (detection, label) in detections.lines().zip(labels) {
        let [time, "s", class, probability] = detection.split_whitespace().collect::<Vec<_>>()[..]
        else {
            panic!("`{detection}` is no detection");
        };
        let [time, probability] = [time, probability].map(|word| word.parse::<f64>().unwrap());
        let [start, end] = [label[0], label[1]].map(|word| word.parse::<f64>().unwrap());
        assert_eq!(class, label[2], "at {time} s");
        assert!(start <= time && time <= end + LATE, "{class} from {start} to {end} at {time} s");
        assert!(probability > 0.5 && probability <= 1.0, "{detection}");
    }
}

#[test]
fn keyword_finds_the_events_of_its_recording() {
    let (output, drawn) = keyword("demo", &[], b"");
    assert!(output.status.success(), "{}", text(output.stderr));
    assert_finds_the_events(&text(output.stdout));
    let svg = std::fs::read_to_string(drawn).unwrap();
    // The waveform, a line for each event, and four of probabilities.
    let polylines = svg.matches("<polyline").count();
    assert!(polylines >= 11, "{polylines} lines are drawn");
    assert!(svg.contains("bell") && svg.contains("clicks"));
}

#[test]
fn keyword_finds_the_same_events_in_integers() {
    let (output, _) = keyword("integers", &["--integers"], b"");
    assert!(output.status.success(), "{}", text(output.stderr));
    assert_finds_the_events(&text(output.stdout));
}

#[test]
fn keyword_counts_the_clips_that_it_names_rightly() {
    // Silence, which is none of the events, once as what it is and once as a bell.
    let silence = [1e-3_f32.ln(); 51 * 16];
    let clips = [[0.0].as_slice(), &silence, &[3.0], &silence].concat();
    let (path, broken) = (scratch("clips"), scratch("broken_clips"));
    let bytes: Vec<u8> = clips.iter().flat_map(|number| number.to_le_bytes()).collect();
    std::fs::write(&path, &bytes).unwrap();
    let (output, _) = keyword("clips", &["--clips", path.to_str().unwrap()], b"");
    expect![[r"
        2 clips: 50.00 % are named rightly in f32, 50.00 % in i16; 100.00 % have one name in both
    "]]
    .assert_eq(&text(output.stdout));

    std::fs::write(&broken, &bytes[4..]).unwrap();
    let (output, _) = keyword("broken_clips", &["--clips", broken.to_str().unwrap()], b"");
    assert!(text(output.stderr).ends_with("has no clips of 817 numbers\n"));
}

#[test]
fn keyword_hears_standard_input() {
    let (output, _) = keyword("heard", &["-"], include_bytes!("../keyword/demo.wav"));
    assert!(output.status.success(), "{}", text(output.stderr));
    assert_finds_the_events(&text(output.stdout));
}

#[test]
fn keyword_hears_nothing_in_silence_and_says_what_it_cannot_hear() {
    let recording = |name: &str, channels, sample_rate| {
        let path = scratch(name);
        let spec = hound::WavSpec {
            channels,
            sample_rate,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        let mut writer = hound::WavWriter::create(&path, spec).unwrap();
        (0..16_000).for_each(|_| writer.write_sample(0_i16).unwrap());
        writer.finalize().unwrap();
        path
    };
    let silence = recording("silence.wav", 1, 16_000);
    let (output, _) = keyword("silence", &[silence.to_str().unwrap()], b"");
    let printed = text(output.stdout);
    assert!(printed.starts_with("0 events in 1.00 s"), "{printed}");

    let stereo = recording("stereo.wav", 2, 44_100);
    let (output, _) = keyword("stereo", &[stereo.to_str().unwrap()], b"");
    assert!(!output.status.success());
    expect![[r"
        keyword: 2 x 16-bit Int at 44100 Hz; expected 1 x 16-bit Int at 16000 Hz
    "]]
    .assert_eq(&text(output.stderr));
}

fn samples(sound: &Path) -> Vec<f32> {
    hound::WavReader::open(sound).unwrap().samples::<f32>().map(Result::unwrap).collect()
}

/// What `train.py` computed of the beginning of the demo, in float64 and after silence for as long as a capture looks back.
fn assert_amplifies_the_demo(capture: &str, recorded: &str) {
    let recorded: serde_json::Value = serde_json::from_str(recorded).unwrap();
    let frames = |key: &str| -> Vec<[f32; 1]> {
        serde_json::from_value(recorded["reference"][key].clone()).unwrap()
    };
    let (input, expected) = (frames("input"), frames("output"));
    assert_eq!((input.len(), expected.len()), (2400, 2400));
    let (output, drawn, sound) = amp(capture, capture, &mono(48_000, input.into_iter().flatten()));
    assert!(output.status.success(), "{}", text(output.stderr));
    let amplified = samples(&sound);
    assert_eq!(amplified.len(), 2400);
    for (at, (amplified, [expected])) in amplified.iter().zip(&expected).enumerate() {
        assert!((amplified - expected).abs() <= 1e-5, "{at}: {amplified}, expected {expected}");
    }
    let printed = text(output.stdout);
    assert!(printed.starts_with("0.05 s, "), "{printed}");
    assert!(printed.contains("times as fast as it sounds"), "{printed}");
    let svg = std::fs::read_to_string(drawn).unwrap();
    // Two waveforms, two from close up, two spectra.
    let polylines = svg.matches("<polyline").count();
    assert!(polylines >= 6, "{polylines} lines are drawn");
    assert!(svg.contains("hertz"));
}

#[test]
fn amp_outputs_as_recorded_through_each_capture() {
    assert_amplifies_the_demo("a1-nano", include_str!("../amp/a1_nano.json"));
    assert_amplifies_the_demo("a1-nano-relu", include_str!("../amp/a1_nano_relu.json"));
    assert_amplifies_the_demo("a2-lite", include_str!("../amp/a2_lite.json"));
}

#[test]
fn amp_in_integers_says_what_it_loses() {
    let guitar = samples_of(include_bytes!("../amp/demo.wav"));
    let guitar = mono(48_000, guitar[24_000..36_000].iter().copied());
    let mut lost = String::new();
    for capture in ["a1-nano", "a1-nano-relu", "a2-lite"] {
        let name = format!("integers-{capture}");
        let sound = scratch(&format!("{name}.wav"));
        let sound_path = sound.to_str().unwrap();
        let arguments = ["-", "--capture", capture, "--integers", "--sound", sound_path];
        let (output, _) = run(env!("CARGO_BIN_EXE_amp"), &name, &arguments, &guitar);
        assert!(output.status.success(), "{}", text(output.stderr));
        let printed = text(output.stdout);
        let line = printed.lines().find(|line| line.starts_with("in integers")).unwrap();
        lost += &format!("{capture} {line}\n");
        assert_eq!(samples(&sound).len(), 12_000);
    }
    expect![[r"
        a1-nano in integers: 59.8 dB of signal to noise, an error-to-signal ratio of 1.0e-6; 17452 bytes of state
        a1-nano-relu in integers: 56.8 dB of signal to noise, an error-to-signal ratio of 2.1e-6; 17452 bytes of state
        a2-lite in integers: 63.6 dB of signal to noise, an error-to-signal ratio of 4.4e-7; 38196 bytes of state
    "]].assert_eq(&lost);
}

fn samples_of(recording: &[u8]) -> Vec<f32> {
    let mut reader = hound::WavReader::new(recording).unwrap();
    reader.samples::<i16>().map(|sample| f32::from(sample.unwrap()) / 32_768.0).collect()
}

/// A recording of one channel, in memory.
fn mono(sample_rate: u32, samples: impl IntoIterator<Item = f32>) -> Vec<u8> {
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate,
        bits_per_sample: 32,
        sample_format: hound::SampleFormat::Float,
    };
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut writer = hound::WavWriter::new(&mut bytes, spec).unwrap();
    samples.into_iter().for_each(|sample| writer.write_sample(sample).unwrap());
    writer.finalize().unwrap();
    bytes.into_inner()
}

#[test]
fn amp_plays_the_recording_that_comes_with_it() {
    let sound = scratch("demo.wav");
    let arguments = ["--sound", sound.to_str().unwrap()];
    let (output, _) = run(env!("CARGO_BIN_EXE_amp"), "amp-demo", &arguments, b"");
    assert!(output.status.success(), "{}", text(output.stderr));
    assert!(text(output.stdout).starts_with("2.00 s, "));
    let loudest = samples(&sound).into_iter().fold(0.0, |loudest: f32, y| loudest.max(y.abs()));
    assert!((0.4..0.8).contains(&loudest), "{loudest}");
}

#[test]
fn amp_is_quiet_where_nothing_is_played() {
    for capture in ["a1-nano", "a1-nano-relu", "a2-lite"] {
        let (output, _, sound) =
            amp(&format!("quiet-{capture}"), capture, &mono(48_000, vec![0.0; 9600]));
        assert!(output.status.success(), "{}", text(output.stderr));
        let heard = samples(&sound);
        assert_eq!(heard.len(), 9600);
        // Its outputs to silence for ever: a constant, and no click on the way to it.
        assert!(heard.iter().all(|sample| (sample - heard[9599]).abs() <= 1e-6), "{capture}");
        assert!(heard[0].abs() < 1e-3, "{capture} rests at {}", heard[0]);
    }
}

#[test]
fn amp_says_what_it_cannot_play() {
    let (output, ..) = amp("slow", "a1-nano", &mono(44_100, [0.0; 10]));
    assert!(!output.status.success());
    expect![[r"
        amp: 1 x 32-bit Float at 44100 Hz; expected one channel at 48000 Hz
    "]]
    .assert_eq(&text(output.stderr));
    let (output, ..) = amp("empty-recording", "a1-nano", &mono(48_000, []));
    expect![[r"
        amp: nothing is recorded
    "]]
    .assert_eq(&text(output.stderr));
    let (output, ..) = amp("unknown", "plexi", &[]);
    expect![[r#"
        amp: cannot parse argument "plexi": there are a1-nano, a1-nano-relu and a2-lite
    "#]]
    .assert_eq(&text(output.stderr));
}
