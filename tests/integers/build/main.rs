//! Networks of 16-bit integers, drawn for the reference of `src`.

mod captures;
mod features;
mod frames;
mod more;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use fastrand::Rng;
use serde_json::{Value, json};

/// How many.
const NETS: usize = 96;
/// How many with operations of `more.rs` among them.
const MORE: usize = 64;
/// How many more that give several frames for one.
const UPSAMPLING: usize = 32;
/// And how many of frames with features.
const OF_FEATURES: usize = 32;

fn main() {
    println!("cargo::rerun-if-changed=build");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    write(&out);
    captures::write(&out);
    firmware(&out);
}

/// The networks of the firmware, whose weights lie elsewhere from here.
fn firmware(out: &Path) {
    let file = "../../examples/firmware/src/integers.rs";
    println!("cargo::rerun-if-changed={file}");
    let text = fs::read_to_string(file).expect("the firmware is there");
    let text = text
        .replace("\"../../tests/", "\"../")
        .replace("\"../keyword", "\"../../examples/keyword")
        .replace("\"../waveshaper", "\"../../examples/waveshaper");
    // An included file has no documentation of its own.
    let text = text.replace("//! ", "// ");
    fs::write(out.join("firmware.rs"), text).expect("it takes files");
}

/// Draws them, and writes what the tests include.
fn write(out: &Path) {
    let mut random = Rng::with_seed(0x1616);
    let [mut modules, mut cases, mut resting_list] = [const { String::new() }; 3];
    for number in 0..NETS + MORE + UPSAMPLING + OF_FEATURES {
        let name = format!("integers_{number:03}");
        let upsamples = (NETS + MORE..NETS + MORE + UPSAMPLING).contains(&number);
        let in_blocks = !upsamples && number % 2 == 1;
        let has_more = (NETS..NETS + MORE).contains(&number);
        let mut draw = Draw { random: &mut random, weights: Vec::new(), in_blocks, has_more };
        let (inputs, text, topology) = if number >= NETS + MORE + UPSAMPLING {
            draw.chain_of_features()
        } else {
            let inputs = draw.random.usize(1..=5);
            let (text, topology) =
                if upsamples { draw.upsampling_chain(inputs) } else { draw.chain(inputs) };
            (inputs, text, topology)
        };
        let file = json!({ "layers": draw.weights });
        let input: Vec<Vec<f32>> =
            (0..160).map(|_| (0..inputs).map(|_| 2.0 * random.f32() - 1.0).collect()).collect();
        let full = [None, Some(1.0_f32), Some(0.75)][random.usize(0..3)];
        let frames = json!({ "input": input });
        let said = json!({ "topology": topology, "input": input, "full": full });
        for (ending, json) in [("json", &file), ("frames.json", &frames), ("said.json", &said)] {
            fs::write(out.join(format!("{name}.{ending}")), json.to_string())
                .expect("OUT_DIR takes files");
        }
        let path = |ending: &str| format!(r#"concat!(env!("OUT_DIR"), "/{name}.{ending}")"#);
        let numbers = match full {
            Some(full) => format!("#[numbers(i16, input = {full:?})]"),
            None => "#[numbers = \"i16\"]".to_owned(),
        };
        let weights = format!("#[weights = {}]", path("json"));
        let calibrate = format!("#[calibrate = {}]", path("frames.json"));
        let block = if in_blocks { "#[block = \"fast\"]" } else { "" };
        modules += &format!(
            "mod {name} {{ streaming_net::streaming_net! {{
                {weights} {numbers} {calibrate} {block} pub struct Net < {text} >
            }} }}\n"
        );
        let resting = number % 3 == 0 && !upsamples && !text.contains("(units=");
        if resting {
            modules += &format!(
                "mod {name}_resting {{ streaming_net::streaming_net! {{
                    {weights} {numbers} {calibrate} {block} #[start = \"rest\"] pub struct Net < {text} >
                }} }}\n"
            );
            resting_list += &format!(
                "RestingCase::of::<{name}::Net, {name}_resting::Net>({name:?}, {inputs}, &{name}_resting::Net::OUTPUT_AT_REST),\n"
            );
        }
        let said = path("said.json");
        cases += &format!(
            "IntegerCase::of::<{name}::Net>({name:?}, {text:?}, include_str!({said}), [{name}::Net::INPUT_SCALE, {name}::Net::OUTPUT_SCALE]),\n"
        );
    }
    let list = format!(
        "/// The networks.\npub static NETS: &[IntegerCase] = &[\n{cases}];\n\
         /// Some of them, and the same that start in their steady state.\n\
         pub static RESTING: &[RestingCase] = &[\n{resting_list}];\n"
    );
    fs::write(out.join("integers.rs"), modules + &list).expect("it takes files");
}

struct Draw<'a> {
    random: &'a mut Rng,
    /// As the weights file has them.
    weights: Vec<Value>,
    /// Whether every layer has an output at every push, which `push_block` asks of them.
    in_blocks: bool,
    /// Whether operations of `more.rs` are among them.
    has_more: bool,
}

impl Draw<'_> {
    fn chain(&mut self, inputs: usize) -> (String, Vec<Value>) {
        let (first, json, mut channels) = self.conv(inputs, true);
        let (mut texts, mut topology) = (vec![first], json);
        for _ in 0..self.random.usize(0..=4) {
            if self.has_more && self.random.bool() {
                let (text, json, outputs) = self.more(channels);
                channels = outputs;
                texts.push(text);
                topology.extend(json);
                continue;
            }
            let (text, json, outputs) = match self.random.u8(0..13) {
                0..=3 => self.conv(channels, false),
                4 => self.activation(channels),
                5 if !self.in_blocks => self.pool(channels),
                6 if channels <= 6 && !self.in_blocks => self.newest(channels),
                7 if !self.in_blocks => self.delay(channels),
                8 if channels.is_multiple_of(2) => gated(channels),
                9 if !self.in_blocks => self.mean(channels),
                10 if channels <= 12 => self.recurrent(channels),
                _ => self.residuals(channels),
            };
            channels = outputs;
            texts.push(text);
            topology.extend(json);
        }
        (texts.join("; "), topology)
    }

    fn tensor(&mut self, shape: &[usize], most: f32) -> Value {
        match shape {
            [] => json!(most * (2.0 * self.random.f32() - 1.0)),
            [size, rest @ ..] => (0..*size).map(|_| self.tensor(rest, most)).collect(),
        }
    }

    /// A convolution, with an activation behind it.
    fn conv(&mut self, inputs: usize, is_first: bool) -> (String, Vec<Value>, usize) {
        let taps = self.random.usize(1..=5);
        let dilation = [1, 1, 2, 5][self.random.usize(0..4)];
        let stride = if self.in_blocks { 1 } else { [1, 1, 1, 2][self.random.usize(0..4)] };
        let groups = match self.random.u8(0..4) {
            0 => inputs,
            1 if inputs.is_multiple_of(2) => 2,
            _ => 1,
        };
        let outputs = groups * self.random.usize(1..=(12 / groups).max(1));
        let causal = self.in_blocks || self.random.bool();
        let mut text = format!(
            "conv(k={taps}, in={inputs}, out={outputs}, dilation={dilation}, stride={stride}, groups={groups}"
        );
        text += if causal { ", causal" } else { ", valid" };
        let _ = is_first;
        let (own, json) = self.products(taps, inputs, groups, outputs);
        let mut conv = json;
        conv["dilation"] = json!(dilation);
        conv["stride"] = json!(stride);
        conv["causal"] = json!(causal);
        self.weights.push(own);
        let (word, activation) = self.function();
        text += &word.map_or_else(|| ")".to_owned(), |word| format!(", {word})"));
        (text, [conv].into_iter().chain(activation).collect(), outputs)
    }

    /// What the weights file, and what the reference, has of a convolution.
    fn products(
        &mut self,
        taps: usize,
        inputs: usize,
        groups: usize,
        outputs: usize,
    ) -> (Value, Value) {
        #[allow(clippy::cast_precision_loss, reason = "layers are small")]
        let most = 2.0 / ((taps * inputs / groups) as f32).sqrt();
        let kernel = self.tensor(&[taps, inputs / groups, outputs], most);
        let bias = self.tensor(&[outputs], most / 2.0);
        let own = json!({ "kernel": kernel, "bias": bias });
        (own, json!({ "op": "conv", "kernel": kernel, "bias": bias, "groups": groups }))
    }

    /// A function of one number as a flag, and as the reference has it.
    fn function(&mut self) -> (Option<String>, Option<Value>) {
        let word =
            ["", "relu", "relu", "relu6", "leaky_relu", "tanh", "sigmoid", "silu", "hard_tanh"]
                [self.random.usize(0..9)];
        match word {
            "" => (None, None),
            "leaky_relu" => {
                let slope = 0.5 * self.random.f32();
                let json = json!({ "op": "function", "name": word, "slope": slope });
                (Some(format!("leaky_relu={slope:?}")), Some(json))
            }
            _ => (Some(word.to_owned()), Some(json!({ "op": "function", "name": word }))),
        }
    }

    fn activation(&mut self, channels: usize) -> (String, Vec<Value>, usize) {
        let word = ["relu", "tanh", "sigmoid", "silu"][self.random.usize(0..4)];
        (format!("{word}()"), vec![json!({ "op": "function", "name": word })], channels)
    }

    fn pool(&mut self, channels: usize) -> (String, Vec<Value>, usize) {
        let word = ["max_pool", "avg_pool"][self.random.usize(0..2)];
        let (size, stride) = (self.random.usize(2..=4), self.random.usize(1..=4));
        let text = format!("{word}(size={size}, stride={stride})");
        (text, vec![json!({ "op": word, "size": size, "stride": stride })], channels)
    }

    fn mean(&mut self, channels: usize) -> (String, Vec<Value>, usize) {
        let frames = self.random.usize(2..=9);
        let json = json!({ "op": "avg_pool", "size": frames, "stride": 1 });
        (format!("global_avg(frames={frames})"), vec![json], channels)
    }

    fn recurrent(&mut self, channels: usize) -> (String, Vec<Value>, usize) {
        let kind = ["lstm", "gru", "gru_before", "rnn"][self.random.usize(0..4)];
        let units = self.random.usize(1..=7);
        let gates = match kind {
            "lstm" => 4,
            "rnn" => 1,
            _ => 3,
        };
        let columns = gates * units;
        let kernel = self.tensor(&[channels, columns], 0.8);
        let own = self.tensor(&[units, columns], 0.8);
        let has_two = kind == "gru";
        let bias = self.tensor(&[if has_two { 2 } else { 1 }, columns], 0.5);
        let saved = if has_two { bias.clone() } else { bias[0].clone() };
        self.weights.push(json!({ "kernel": kernel, "recurrent_kernel": own, "bias": saved }));
        let json = json!({ "op": kind, "kernel": kernel, "own": own, "bias": bias });
        let text = match kind {
            "gru_before" => format!("gru(units={units}, reset_before)"),
            "rnn" => format!("rnn(units={units}, tanh)"),
            _ => format!("{kind}(units={units})"),
        };
        (text, vec![json], units)
    }

    fn newest(&mut self, channels: usize) -> (String, Vec<Value>, usize) {
        let frames = self.random.usize(2..=3);
        let json = json!({ "op": "newest", "frames": frames });
        (format!("flatten(frames={frames})"), vec![json], channels * frames)
    }

    fn delay(&mut self, channels: usize) -> (String, Vec<Value>, usize) {
        let frames = self.random.usize(1..=4);
        (
            format!("delay(frames={frames})"),
            vec![json!({ "op": "delay", "frames": frames })],
            channels,
        )
    }

    /// One block or several whose outputs are added to their inputs: a sum is added to in the next.
    fn residuals(&mut self, channels: usize) -> (String, Vec<Value>, usize) {
        let blocks = (0..self.random.usize(1..=4)).map(|_| self.residual(channels));
        let (texts, topologies): (Vec<_>, Vec<_>) = blocks.unzip();
        (texts.join("; "), topologies.concat(), channels)
    }

    /// A block whose output is added to its input: by the last convolution, which has one tap, or behind what it becomes.
    fn residual(&mut self, channels: usize) -> (String, Vec<Value>) {
        let taps = self.random.usize(1..=3);
        let (own, mut first) = self.products(taps, channels, 1, channels);
        self.weights.push(own);
        first["causal"] = json!(true);
        let mut body = vec![first];
        let mut text = format!("conv(k={taps}, out={channels}, causal, ");
        let word = ["relu", "tanh"][self.random.usize(0..2)];
        text += word;
        text += ")";
        body.push(json!({ "op": "function", "name": word }));
        if self.random.bool() {
            let (own, second) = self.products(1, channels, 1, channels);
            self.weights.push(own);
            body.push(second);
            text += &format!("; conv(k=1, out={channels})");
        }
        (format!("residual < {text} >"), vec![json!({ "op": "residual", "body": body })])
    }
}

/// `tanh` of one half of the channels times `sigmoid` of the other.
fn gated(channels: usize) -> (String, Vec<Value>, usize) {
    ("gated()".to_owned(), vec![json!({ "op": "gated" })], channels / 2)
}
