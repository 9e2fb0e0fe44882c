// The network `daisy` as the notebook computes its layers: for every tap a call of arm_mat_mult_f32 and one of
// arm_add_f32. Counts instructions as main.rs does, and prints the same line, if every output is that of plain sums.

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "dsp/basic_math_functions.h"
#include "dsp/matrix_functions.h"
#include "dsp/support_functions.h"

#define PUSHES 256
#define LAYERS 9
#define CHANNELS 8
#define INPUTS 3

struct conv {
    uint16_t taps, inputs, outputs, dilation;
    // The past frames of the layer's input, and the current one, in a ring; the place of the current one.
    uint32_t length, at;
    float *history, *kernel, *bias;
};

static struct conv net[LAYERS] = {
    {4, 3, 4, 1}, {1, 4, 4, 1}, {4, 4, 4, 4}, {1, 4, 4, 1}, {4, 4, 4, 16}, {1, 4, 4, 1}, {4, 4, 8, 64}, {1, 8, 8, 1}, {1, 8, 1, 1},
};

static void push_conv(struct conv *conv, const float *frame, float *output) {
    float product[CHANNELS];
    arm_matrix_instance_f32 y = {1, conv->outputs, product};
    memcpy(conv->history + conv->at * conv->inputs, frame, conv->inputs * sizeof *frame);
    arm_fill_f32(0, output, conv->outputs);
    uint32_t back = (conv->taps - 1) * conv->dilation;
    float *kernel = conv->kernel;
    for (uint32_t tap = 0; tap < conv->taps; tap++) {
        uint32_t place = conv->at >= back ? conv->at - back : conv->at + conv->length - back;
        arm_matrix_instance_f32 x = {1, conv->inputs, conv->history + place * conv->inputs};
        arm_matrix_instance_f32 weights = {conv->inputs, conv->outputs, kernel};
        arm_mat_mult_f32(&x, &weights, &y);
        arm_add_f32(output, product, output, conv->outputs);
        kernel += conv->inputs * conv->outputs;
        back -= conv->dilation;
    }
    conv->at = conv->at + 1 == conv->length ? 0 : conv->at + 1;
    arm_add_f32(output, conv->bias, output, conv->outputs);
    for (uint32_t channel = 0; channel < conv->outputs; channel++) {
        output[channel] = output[channel] < 0 ? 0 : output[channel];
    }
}

__attribute__((noinline)) void push_net(const float *frame, float *output) {
    float between[2][CHANNELS];
    for (int layer = 0; layer < LAYERS; layer++) {
        float *to = layer == LAYERS - 1 ? output : between[layer % 2];
        push_conv(&net[layer], frame, to);
        frame = to;
    }
}

// What is timed where nothing is.
__attribute__((noinline)) void nothing(const float *frame, float *output) {
    __asm volatile("nop" : : "r"(frame), "r"(output));
}

// Numbers between -1/2 and 1/2.
static float draw(void) {
    static uint32_t seed = 7;
    seed = seed * 1664525 + 1013904223;
    return (float)(seed >> 8) / 16777216 - 0.5F;
}

// Floats of the network: first those of the weights, then those of the histories.
static float memory[4096];

static size_t draw_weights(void) {
    float *next = memory;
    for (int layer = 0; layer < LAYERS; layer++) {
        struct conv *conv = &net[layer];
        conv->kernel = next;
        next += conv->taps * conv->inputs * conv->outputs;
        conv->bias = next;
        next += conv->outputs;
    }
    size_t weights = next - memory;
    for (size_t weight = 0; weight < weights; weight++) {
        memory[weight] = draw();
    }
    for (int layer = 0; layer < LAYERS; layer++) {
        struct conv *conv = &net[layer];
        conv->length = (conv->taps - 1) * conv->dilation + 1;
        conv->history = next;
        next += conv->length * conv->inputs;
    }
    return weights;
}

static float frames[PUSHES][INPUTS], outputs[PUSHES];

// Whether the outputs are those of the whole sequence, layer by layer.
static bool are_right(void) {
    static float sequence[PUSHES][CHANNELS], next[PUSHES][CHANNELS];
    for (int at = 0; at < PUSHES; at++) {
        memcpy(sequence[at], frames[at], sizeof frames[at]);
    }
    for (int layer = 0; layer < LAYERS; layer++) {
        struct conv conv = net[layer];
        for (int at = 0; at < PUSHES; at++) {
            for (int out = 0; out < conv.outputs; out++) {
                float sum = conv.bias[out];
                for (int tap = 0; tap < conv.taps; tap++) {
                    int past = at - (conv.taps - 1 - tap) * conv.dilation;
                    for (int in = 0; in < conv.inputs && past >= 0; in++) {
                        sum += sequence[past][in] * conv.kernel[(tap * conv.inputs + in) * conv.outputs + out];
                    }
                }
                next[at][out] = sum < 0 ? 0 : sum;
            }
        }
        memcpy(sequence, next, sizeof next);
    }
    float most = 0, off = 0;
    for (int at = 0; at < PUSHES; at++) {
        most = fmaxf(most, sequence[at][0]);
        off = fmaxf(off, fabsf(outputs[at] - sequence[at][0]));
    }
    return most > 0 && off < 1e-5F;
}

static volatile uint32_t *const SYST = (uint32_t *)0xE000E010;

// Instructions of `work`, calls and reading of the timer included, where one takes 1024 ns. One function for all of them,
// so that what is included is the same.
__attribute__((noinline, noclone)) static uint32_t instructions(void (*work)(const float *, float *), const float *frame, float *output) {
#if defined(__ARM_FEATURE_MVE)
    const uint32_t clock = 32000000; // mps3-an547
#elif __ARM_ARCH >= 8
    const uint32_t clock = 20000000; // mps2-an505
#else
    const uint32_t clock = 25000000;
#endif
    uint32_t before = SYST[2];
    work(frame, output);
    uint32_t ticks = (before - SYST[2]) & 0xFFFFFF;
    return ((uint64_t)ticks * 1000000000 / clock + 512) >> 10;
}

static uintptr_t semihosting(uintptr_t operation, const void *argument) {
    register uintptr_t r0 __asm("r0") = operation;
    register const void *r1 __asm("r1") = argument;
    __asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

static void print(uint32_t number) {
    static uintptr_t output;
    if (!output) {
        const uintptr_t to_write = 4, open[] = {(uintptr_t)":tt", to_write, 3};
        output = semihosting(0x01, open);
    }
    char text[11], *end = text + sizeof text, *digit = end;
    *--digit = ' ';
    do {
        *--digit = '0' + number % 10;
    } while (number /= 10);
    const uintptr_t write[] = {output, (uintptr_t)digit, end - digit};
    semihosting(0x05, write);
}

__attribute__((noreturn)) static void end(bool is_well) {
    // The application ended, or it failed.
    semihosting(0x18, (void *)(is_well ? 0x20026 : 0x20023));
    for (;;) {
    }
}

static void run(void) {
    size_t weights = draw_weights();
    uint32_t state = 0, macs = 0;
    for (int layer = 0; layer < LAYERS; layer++) {
        macs += net[layer].taps * net[layer].inputs * net[layer].outputs;
        state += net[layer].length * net[layer].inputs * sizeof(float) + sizeof(uint32_t);
    }
    SYST[1] = 0xFFFFFF;
    SYST[2] = 0;
    SYST[0] = 5;
    uint32_t sum = 0, worst = 0, overhead = UINT32_MAX;
    for (int push = 0; push < PUSHES; push++) {
        for (int channel = 0; channel < INPUTS; channel++) {
            frames[push][channel] = 2 * draw();
        }
        uint32_t count = instructions(nothing, frames[push], &outputs[push]);
        overhead = count < overhead ? count : overhead;
        count = instructions(push_net, frames[push], &outputs[push]) - overhead;
        sum += count;
        worst = count > worst ? count : worst;
    }
    if (!are_right()) {
        end(false);
    }
    print(sum / PUSHES);
    print(worst);
    print(macs);
    print(weights * sizeof(float));
    print(state);
    end(true);
}

__attribute__((noreturn)) void reset(void) {
    // The floating-point unit.
    *(volatile uint32_t *)0xE000ED88 |= 0xF << 20;
    __asm volatile("dsb\nisb");
    run();
    end(false);
}

static void fault(void) { end(false); }

extern uint32_t stack_top;

__attribute__((section(".vectors"), used)) static const void *const vectors[] = {&stack_top, reset, fault, fault, fault, fault, fault};
