"""Networks of PyTorch whose frames take several ways: residuals, branches, gates, skips."""

from torch import nn
from torch.nn import Conv1d, Linear, Sequential

from golden import Golden
from pytorch_blocks import (
    Causal, Concat, Cropped, Frames, From, Gated, Halves, Labelled, Product, Residual, Skip, Skips, Sum,
)

RESIDUALS = [
    Golden("residual_causal", "residual < conv(k=3, in=4, out=6, causal, relu); conv(k=2, out=4, dilation=2, causal) >",
           4, Residual(Sequential(Causal(Conv1d(4, 6, 3)), nn.ReLU(), Causal(Conv1d(6, 4, 2, dilation=2))))),
    Golden("residual_valid", "residual < conv(k=3, in=3, out=4, tanh); conv(k=2, out=3, dilation=3) >; relu()", 3,
           Sequential(Residual(Sequential(Conv1d(3, 4, 3), nn.Tanh(), Conv1d(4, 3, 2, dilation=3)), Cropped(5)),
                      nn.ReLU()), first=5),
    Golden("residual_center", "residual(center) < conv(k=3, in=3, out=4, tanh); conv(k=3, out=3, dilation=2) >", 3,
           Residual(Sequential(Conv1d(3, 4, 3), nn.Tanh(), Conv1d(4, 3, 3, dilation=2)), Cropped(3, 3)), first=6),
    Golden("residual_same", "residual < conv(k=3, in=4, out=4, same, relu); conv(k=4, out=4, dilation=2, same) >", 4,
           Residual(Sequential(Conv1d(4, 4, 3, padding="same"), nn.ReLU(),
                               Conv1d(4, 4, 4, dilation=2, padding="same"))), first=4, after=4),
    Golden("residual_pad", "residual < conv(k=5, in=4, out=4, pad=2, relu); conv(k=3, out=4, pad=1) >; relu()", 4,
           Sequential(Residual(Sequential(Conv1d(4, 4, 5, padding=2), nn.ReLU(), Conv1d(4, 4, 3, padding=1))),
                      nn.ReLU()), first=3, after=3),
    Golden("residual_project", "residual(project) < conv(k=3, in=2, out=5, causal, relu); conv(k=3, out=4, causal) >",
           2, Residual(Sequential(Causal(Conv1d(2, 5, 3)), nn.ReLU(), Causal(Conv1d(5, 4, 3))), Conv1d(2, 4, 1))),
    Golden("residual_project_strided", "residual(project) < conv(k=3, in=2, out=4, stride=2, causal, relu) >", 2,
           Residual(Sequential(Causal(Conv1d(2, 4, 3, stride=2)), nn.ReLU()), Conv1d(2, 4, 1, stride=2)), stride=2),
    # A block of a ResNet: what the projection takes is three pushes old when the block answers.
    Golden("residual_project_pad_strided",
           "residual(project) < conv(k=3, in=2, out=4, stride=2, pad=1, relu); conv(k=3, out=4, pad=1) >; relu()", 2,
           Sequential(Residual(Sequential(Conv1d(2, 4, 3, stride=2, padding=1), nn.ReLU(), Conv1d(4, 4, 3, padding=1)),
                               Conv1d(2, 4, 1, stride=2)), nn.ReLU()), first=3, stride=2, after=1),
    Golden("residual_batch_norm",
           "residual < conv(k=3, in=4, out=4, pad=1, no_bias); batch_norm(epsilon=0.00001); relu(); "
           "conv(k=3, out=4, pad=1, no_bias); batch_norm(epsilon=0.00001) >; relu()", 4,
           Sequential(Residual(Sequential(Conv1d(4, 4, 3, padding=1, bias=False), nn.BatchNorm1d(4), nn.ReLU(),
                                          Conv1d(4, 4, 3, padding=1, bias=False), nn.BatchNorm1d(4))), nn.ReLU()),
           first=2, after=2),
    Golden("residual_lstm", "residual < lstm(in=3, units=3) >; dense(out=2)", 3,
           Sequential(Residual(Frames(nn.LSTM(3, 3, batch_first=True))), Frames(Linear(3, 2)))),
]

JOINS = {"sum": Sum, "product": Product, "concat": Concat}


def joined(kind: str, join: type) -> list[Golden]:
    """Branches of each padding; those of another length are cropped at the front, those of `same` wait."""
    return [
        Golden(f"{kind}_causal", f"{kind} < conv(k=3, in=2, out=4, causal, relu) | "
               "conv(k=2, out=4, dilation=4, causal) >", 2,
               join(Sequential(Causal(Conv1d(2, 4, 3)), nn.ReLU()), Causal(Conv1d(2, 4, 2, dilation=4)))),
        Golden(f"{kind}_same", f"{kind} < conv(k=3, in=2, out=4, same, tanh) | conv(k=8, out=4, same) >", 2,
               join(Sequential(Conv1d(2, 4, 3, padding="same"), nn.Tanh()), Conv1d(2, 4, 8, padding="same")),
               first=4, after=4),
        Golden(f"{kind}_valid", f"{kind} < conv(k=3, in=2, out=4, tanh) | conv(k=6, out=4) >", 2,
               join(Sequential(Conv1d(2, 4, 3), nn.Tanh(), Cropped(3)), Conv1d(2, 4, 6)), first=5),
        Golden(f"{kind}_mixed", f"{kind} < conv(k=3, in=4, out=4, causal, tanh) | conv(k=5, out=4, pad=2) | >", 4,
               join(Sequential(Causal(Conv1d(4, 4, 3)), nn.Tanh()), Conv1d(4, 4, 5, padding=2), nn.Identity()),
               first=2, after=2),
    ]


BRANCHES = [
    *(golden for kind, join in JOINS.items() for golden in joined(kind, join)),
    Golden("gated_causal", "gated < conv(k=3, in=2, out=4, causal) | conv(k=2, out=4, dilation=3, causal) >", 2,
           Gated(Causal(Conv1d(2, 4, 3)), Causal(Conv1d(2, 4, 2, dilation=3)))),
    Golden("gated_same", "gated < conv(k=7, in=2, out=3, same) | conv(k=2, out=3, same) >", 2,
           Gated(Conv1d(2, 3, 7, padding="same"), Conv1d(2, 3, 2, padding="same")), first=3, after=3),
    Golden("gated_valid", "gated < conv(k=2, in=2, out=3) | conv(k=5, out=3) >", 2,
           Gated(Sequential(Conv1d(2, 3, 2), Cropped(3)), Conv1d(2, 3, 5)), first=4),
    Golden("gated_pair", "gated(relu, tanh) < conv(k=3, in=2, out=4, causal) | dense(out=4) >", 2,
           Product(Sequential(Causal(Conv1d(2, 4, 3)), nn.ReLU()), Sequential(Conv1d(2, 4, 1), nn.Tanh()))),
    Golden("gated_halves", "conv(k=3, in=2, out=8, causal); gated(); dense(out=2)", 2,
           Sequential(Causal(Conv1d(2, 8, 3)), Halves(), Conv1d(4, 2, 1))),
    Golden("glu", "conv(k=3, in=2, out=6); gated(linear, sigmoid)", 2,
           Sequential(Conv1d(2, 6, 3), nn.GLU(dim=1)), first=2),
    Golden("concat_uneven", "concat < conv(k=2, in=3, out=2, causal, relu) | | dense(out=1, tanh) >; dense(out=2)", 3,
           Sequential(Concat(Sequential(Causal(Conv1d(3, 2, 2)), nn.ReLU()), nn.Identity(),
                             Sequential(Conv1d(3, 1, 1), nn.Tanh())), Conv1d(6, 2, 1))),
    Golden("sum_pad_strided",
           "sum < conv(k=3, in=2, out=3, stride=2, pad=1) | conv(k=7, out=3, stride=2, pad=3, relu) >", 2,
           Sum(Conv1d(2, 3, 3, stride=2, padding=1),
               Sequential(Conv1d(2, 3, 7, stride=2, padding=3), nn.ReLU())), first=3, stride=2, after=1),
]

EARLY = Labelled(Sequential(Causal(Conv1d(3, 4, 2)), nn.Tanh()))

# Branches that a delay alone does not bring together.
UNEVEN = [
    Golden("sum_pad_strided_pool", "sum < conv(k=3, in=2, out=2, stride=2, pad=1, tanh) | max_pool(size=2) >", 2,
           Sum(Sequential(Conv1d(2, 2, 3, stride=2, padding=1), nn.Tanh()), nn.MaxPool1d(2, ceil_mode=True)),
           first=1, stride=2),
]

REUSED = [
    Golden("from_early", "early: conv(k=2, in=3, out=4, causal, tanh); conv(k=3, out=4, same, relu); "
           "concat < dense(out=2) | from(early) | from(early); dense(out=3, relu) >; dense(out=2)", 3,
           Sequential(EARLY, Conv1d(4, 4, 3, padding="same"), nn.ReLU(),
                      Concat(Conv1d(4, 2, 1), From(EARLY), From(EARLY, Sequential(Conv1d(4, 3, 1), nn.ReLU()))),
                      Conv1d(9, 2, 1)), first=1, after=1),
]

SKIPS = [
    Golden("skips", "skips < conv(k=2, in=2, out=3, causal, tanh); skip(); conv(k=2, out=3, dilation=2, causal, relu); "
           "skip() >; dense(out=2)", 2,
           Sequential(Skips(Causal(Conv1d(2, 3, 2)), nn.Tanh(), Skip(), Causal(Conv1d(3, 3, 2, dilation=2)), nn.ReLU(),
                            Skip()), Conv1d(3, 2, 1))),
    Golden("skips_projected",
           "skips < residual < conv(k=2, in=3, out=6, causal); gated(); skip(out=5); dense(out=3) >; "
           "conv(k=2, out=4, dilation=2, causal, relu); skip(out=5) >; silu()", 3,
           Sequential(Skips(Residual(Sequential(Causal(Conv1d(3, 6, 2)), Halves(), Skip(Conv1d(3, 5, 1)),
                                                Conv1d(3, 3, 1))),
                            Causal(Conv1d(3, 4, 2, dilation=2)), nn.ReLU(), Skip(Conv1d(4, 5, 1))), nn.SiLU())),
    Golden("skips_valid",
           "skips < residual < gated < conv(k=2, in=3, out=3) | conv(k=2, out=3) >; skip(out=4); dense(out=3) >; "
           "gated < conv(k=2, out=3, dilation=2) | conv(k=2, out=3, dilation=2) >; skip(out=4) >", 3,
           Skips(Residual(Sequential(Gated(Conv1d(3, 3, 2), Conv1d(3, 3, 2)),
                                     Skip(Sequential(Conv1d(3, 4, 1), Cropped(2))), Conv1d(3, 3, 1)), Cropped(1)),
                 Gated(Conv1d(3, 3, 2, dilation=2), Conv1d(3, 3, 2, dilation=2)), Skip(Conv1d(3, 4, 1))), first=3),
    Golden("skips_same",
           "skips < residual < conv(k=3, in=3, out=3, same, tanh); skip(); dense(out=3) >; "
           "residual < conv(k=3, out=3, dilation=2, same, tanh); skip(); dense(out=3) > >", 3,
           Skips(Residual(Sequential(Conv1d(3, 3, 3, padding="same"), nn.Tanh(), Skip(), Conv1d(3, 3, 1))),
                 Residual(Sequential(Conv1d(3, 3, 3, dilation=2, padding="same"), nn.Tanh(), Skip(),
                                     Conv1d(3, 3, 1)))), first=3, after=3),
]

GOLDENS = [*RESIDUALS, *BRANCHES, *REUSED, *SKIPS]
