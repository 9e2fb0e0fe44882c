"""Networks of Keras whose frames take several ways: residuals, branches, gates, skips."""

from golden import Golden
from keras_blocks import Branches, Chain, From, Halves, L, Labelled, Residual, Skip, Skips


def cropped(layer: L.Layer, before: int, after: int = 0) -> Chain:
    return Chain(layer, L.Cropping1D((before, after)))


RESIDUALS = [
    Golden("residual_causal", "residual < conv(k=3, in=4, out=6, causal, relu); conv(k=2, out=4, dilation=2, causal) >",
           4, Residual(Chain(L.Conv1D(6, 3, padding="causal", activation="relu"),
                             L.Conv1D(4, 2, dilation_rate=2, padding="causal")))),
    Golden("residual_valid", "residual < conv(k=3, in=3, out=4, tanh); conv(k=2, out=3, dilation=3) >; relu()", 3,
           Chain(Residual(Chain(L.Conv1D(4, 3, activation="tanh"), L.Conv1D(3, 2, dilation_rate=3)),
                          L.Cropping1D((5, 0))), L.ReLU()), first=5),
    Golden("residual_center", "residual(center) < conv(k=3, in=3, out=4, tanh); conv(k=3, out=3, dilation=2) >", 3,
           Residual(Chain(L.Conv1D(4, 3, activation="tanh"), L.Conv1D(3, 3, dilation_rate=2)), L.Cropping1D((3, 3))),
           first=6),
    Golden("residual_same", "residual < conv(k=3, in=4, out=4, same, relu); conv(k=4, out=4, dilation=2, same) >", 4,
           Residual(Chain(L.Conv1D(4, 3, padding="same", activation="relu"),
                          L.Conv1D(4, 4, dilation_rate=2, padding="same"))), first=4, after=4),
    Golden("residual_project", "residual(project) < conv(k=3, in=2, out=5, causal, relu); conv(k=3, out=4, causal) >",
           2, Residual(Chain(L.Conv1D(5, 3, padding="causal", activation="relu"), L.Conv1D(4, 3, padding="causal")),
                       L.Conv1D(4, 1))),
    Golden("residual_project_strided",
           "residual(project) < conv(k=3, in=2, out=5, stride=2, causal, relu); conv(k=3, out=4, causal) >", 2,
           Residual(Chain(L.Conv1D(5, 3, strides=2, padding="causal", activation="relu"),
                          L.Conv1D(4, 3, padding="causal")), L.Conv1D(4, 1, strides=2)), stride=2),
    Golden("residual_project_strided_valid", "residual(project) < conv(k=4, in=2, out=4, stride=3, relu) >; relu()", 2,
           Chain(Residual(L.Conv1D(4, 4, strides=3, activation="relu"),
                          Chain(L.Cropping1D((3, 0)), L.Conv1D(4, 1, strides=3))), L.ReLU()), first=3, stride=3),
    Golden("residual_nested",
           "residual < conv(k=2, in=3, out=3, causal, tanh); residual < conv(k=3, out=3, same, relu) >; "
           "conv(k=2, out=3, causal) >", 3,
           Residual(Chain(L.Conv1D(3, 2, padding="causal", activation="tanh"),
                          Residual(L.Conv1D(3, 3, padding="same", activation="relu")),
                          L.Conv1D(3, 2, padding="causal"))), first=1, after=1),
    Golden("residual_batch_norm",
           "conv(k=1, in=2, out=4); batch_norm(epsilon=0.001); residual < relu(); conv(k=3, out=4, causal, no_bias); "
           "batch_norm(epsilon=0.001) >; batch_norm(epsilon=0.001); relu(); dense(out=2)", 2,
           Chain(L.Conv1D(4, 1), L.BatchNormalization(),
                 Residual(Chain(L.ReLU(), L.Conv1D(4, 3, padding="causal", use_bias=False), L.BatchNormalization())),
                 L.BatchNormalization(), L.ReLU(), L.Dense(2))),
    Golden("residual_gru", "residual < gru(in=3, units=3) >; dense(out=2)", 3,
           Chain(Residual(L.GRU(3, return_sequences=True)), L.Dense(2))),
]

JOINS = {"sum": L.Add, "product": L.Multiply, "concat": L.Concatenate}


def joined(kind: str, join: type) -> list[Golden]:
    """Branches of each padding; those of another length are cropped at the front, those of `same` wait."""
    return [
        Golden(f"{kind}_causal", f"{kind} < conv(k=3, in=2, out=4, causal, relu) | "
               "conv(k=2, out=4, dilation=4, causal) >; dense(out=3)", 2,
               Chain(Branches(join(), L.Conv1D(4, 3, padding="causal", activation="relu"),
                              L.Conv1D(4, 2, dilation_rate=4, padding="causal")), L.Dense(3))),
        Golden(f"{kind}_same", f"{kind} < conv(k=3, in=2, out=4, same, tanh) | conv(k=8, out=4, same) >", 2,
               Branches(join(), L.Conv1D(4, 3, padding="same", activation="tanh"), L.Conv1D(4, 8, padding="same")),
               first=4, after=4),
        Golden(f"{kind}_valid", f"{kind} < conv(k=3, in=2, out=4, tanh) | conv(k=6, out=4) >", 2,
               Branches(join(), cropped(L.Conv1D(4, 3, activation="tanh"), 3), L.Conv1D(4, 6)), first=5),
        Golden(f"{kind}_mixed", f"{kind} < conv(k=3, in=4, out=4, causal, tanh) | conv(k=5, out=4, same) | >", 4,
               Branches(join(), L.Conv1D(4, 3, padding="causal", activation="tanh"), L.Conv1D(4, 5, padding="same"),
                        Chain()), first=2, after=2),
    ]


def gated(padding: str, *convs: L.Layer, **when) -> Golden:
    """Two branches, with the texts of their convolutions' arguments."""
    first, second = convs
    chains = Chain(*first[1], L.Activation("tanh")), Chain(*second[1], L.Activation("sigmoid"))
    return Golden(f"gated_{padding}", f"gated < conv({first[0]}) | conv({second[0]}) >", 2,
                  Branches(L.Multiply(), *chains), **when)


BRANCHES = [
    *(golden for kind, join in JOINS.items() for golden in joined(kind, join)),
    gated("causal", ("k=3, in=2, out=4, causal", [L.Conv1D(4, 3, padding="causal")]),
          ("k=2, out=4, dilation=3, causal", [L.Conv1D(4, 2, dilation_rate=3, padding="causal")])),
    gated("same", ("k=7, in=2, out=3, same", [L.Conv1D(3, 7, padding="same")]),
          ("k=2, out=3, same", [L.Conv1D(3, 2, padding="same")]), first=3, after=3),
    gated("valid", ("k=2, in=2, out=3", [L.Conv1D(3, 2), L.Cropping1D((3, 0))]),
          ("k=5, out=3", [L.Conv1D(3, 5)]), first=4),
    Golden("gated_pair", "gated(linear, sigmoid) < conv(k=3, in=2, out=4, causal) | conv(k=1, out=4) >", 2,
           Branches(L.Multiply(), L.Conv1D(4, 3, padding="causal"), L.Conv1D(4, 1, activation="sigmoid"))),
    Golden("gated_halves", "conv(k=3, in=2, out=8, causal); gated(); dense(out=2)", 2,
           Chain(L.Conv1D(8, 3, padding="causal"), Halves("tanh", "sigmoid"), L.Dense(2))),
    Golden("gated_halves_pair", "conv(k=3, in=2, out=6); gated(linear, sigmoid)", 2,
           Chain(L.Conv1D(6, 3), Halves("linear", "sigmoid")), first=2),
    Golden("concat_uneven", "concat < conv(k=2, in=3, out=2, causal, relu) | | dense(out=1, tanh) >; dense(out=2)", 3,
           Chain(Branches(L.Concatenate(), L.Conv1D(2, 2, padding="causal", activation="relu"), Chain(),
                          L.Dense(1, activation="tanh")), L.Dense(2))),
    Golden("sum_strided", "sum < conv(k=2, in=2, out=3, stride=2) | conv(k=6, out=3, stride=2, relu) >", 2,
           Branches(L.Add(), cropped(L.Conv1D(3, 2, strides=2), 2), L.Conv1D(3, 6, strides=2, activation="relu")),
           first=5, stride=2),
    Golden("sum_nested", "sum < product < conv(k=2, in=2, out=3, causal) | conv(k=4, out=3, same) > | dense(out=3) >",
           2, Branches(L.Add(), Branches(L.Multiply(), L.Conv1D(3, 2, padding="causal"),
                                         L.Conv1D(3, 4, padding="same")), L.Dense(3)), first=2, after=2),
    Golden("concat_recurrent", "concat < gru(in=2, units=3) | lstm(units=2) | dense(out=2) >; dense(out=2)", 2,
           Chain(Branches(L.Concatenate(), L.GRU(3, return_sequences=True), L.LSTM(2, return_sequences=True),
                          L.Dense(2)), L.Dense(2))),
    Golden("delay_by_hand", "sum < conv(k=5, in=2, out=2, tanh) | delay(frames=3) >", 2,
           Branches(L.Add(), L.Conv1D(2, 5, activation="tanh"), L.Cropping1D((1, 3))), first=4),
]


EARLY = Labelled(L.Conv1D(4, 2, padding="causal", activation="tanh"))

# Branches that a delay alone does not bring together.
UNEVEN = [
    # Where the convolution gives its output, the pool's is a push old: no multiple of the stride.
    Golden("sum_strided_pool", "sum < conv(k=3, in=2, out=2, stride=2, tanh) | max_pool(size=2) >", 2,
           Branches(L.Add(), L.Conv1D(2, 3, strides=2, activation="tanh"),
                    Chain(L.Cropping1D((0, 1)), L.MaxPooling1D(2))),
           first=2, stride=2),
]

REUSED = [
    Golden("from_early", "early: conv(k=2, in=3, out=4, causal, tanh); conv(k=3, out=4, same, relu); "
           "concat < dense(out=2) | from(early) | from(early); dense(out=3, relu) >; dense(out=2)", 3,
           Chain(EARLY, L.Conv1D(4, 3, padding="same", activation="relu"),
                 Branches(L.Concatenate(), L.Dense(2), From(EARLY), From(EARLY, L.Dense(3, activation="relu"))),
                 L.Dense(2)), first=1, after=1),
]


def causal(channels: int, taps: int, **options) -> L.Conv1D:
    return L.Conv1D(channels, taps, padding="causal", **options)


SKIPS = [
    Golden("skips", "skips < conv(k=2, in=2, out=3, causal, tanh); skip(); conv(k=2, out=3, dilation=2, causal, relu); "
           "skip() >; dense(out=2)", 2,
           Chain(Skips(causal(3, 2, activation="tanh"), Skip(), causal(3, 2, dilation_rate=2, activation="relu"),
                       Skip()), L.Dense(2))),
    Golden("skips_in_residuals",
           "conv(k=1, in=1, out=4); skips < residual < conv(k=3, out=4, causal, tanh); skip(); dense(out=4) >; "
           "residual < conv(k=3, out=4, dilation=2, causal, tanh); skip(); dense(out=4) >; "
           "conv(k=3, out=4, dilation=4, causal, tanh); skip() >; relu(); dense(out=2)", 1,
           Chain(L.Conv1D(4, 1),
                 Skips(Residual(Chain(causal(4, 3, activation="tanh"), Skip(), L.Dense(4))),
                       Residual(Chain(causal(4, 3, dilation_rate=2, activation="tanh"), Skip(), L.Dense(4))),
                       causal(4, 3, dilation_rate=4, activation="tanh"), Skip()), L.ReLU(), L.Dense(2)), frames=32),
    Golden("skips_projected",
           "skips < residual < conv(k=2, in=3, out=6, causal); gated(); skip(out=5); dense(out=3) >; "
           "conv(k=2, out=4, dilation=2, causal, relu); skip(out=5) >; relu()", 3,
           Chain(Skips(Residual(Chain(causal(6, 2), Halves("tanh", "sigmoid"), Skip(L.Conv1D(5, 1)), L.Dense(3))),
                       causal(4, 2, dilation_rate=2, activation="relu"), Skip(L.Conv1D(5, 1))), L.ReLU())),
    Golden("skips_valid",
           "skips < residual < conv(k=2, in=3, out=3, tanh); skip(out=4) >; "
           "residual < conv(k=2, out=3, dilation=2, tanh); skip(out=4) >; conv(k=2, out=3, dilation=4, tanh); "
           "skip(out=4) >", 3,
           Skips(Residual(Chain(L.Conv1D(3, 2, activation="tanh"), Skip(L.Conv1D(4, 1), L.Cropping1D((6, 0)))),
                          L.Cropping1D((1, 0))),
                 Residual(Chain(L.Conv1D(3, 2, dilation_rate=2, activation="tanh"),
                                Skip(L.Conv1D(4, 1), L.Cropping1D((4, 0)))), L.Cropping1D((2, 0))),
                 L.Conv1D(3, 2, dilation_rate=4, activation="tanh"), Skip(L.Conv1D(4, 1))), first=7),
    Golden("skips_same",
           "skips < residual < conv(k=3, in=3, out=3, same, tanh); skip() >; "
           "residual < conv(k=3, out=3, dilation=2, same, tanh); skip() > >", 3,
           Skips(Residual(Chain(L.Conv1D(3, 3, padding="same", activation="tanh"), Skip())),
                 Residual(Chain(L.Conv1D(3, 3, dilation_rate=2, padding="same", activation="tanh"), Skip()))),
           first=3, after=3),
]

GOLDENS = [*RESIDUALS, *BRANCHES, *REUSED, *SKIPS]
