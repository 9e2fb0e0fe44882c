"""Modules of PyTorch."""

import inspect
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import torch
from torch import nn

from .framework import OPSET, Array, Failed, Framework, Shape, flat, floats
from .problems import Problem, Unsupported, first_line

# Attributes of layers that state how many channels they take.
CHANNELS = ("in_channels", "in_features", "input_size")


class Torch(Framework):
    def __init__(self, model: nn.Module) -> None:
        self.model = model
        self.version = f"torch {torch.__version__}"
        self.names = {module: name for name, module in model.named_modules()}

    @contextmanager
    def ready(self) -> Iterator[None]:
        modes = [(module, module.training) for module in self.model.modules()]
        convs = [module for module in self.model.modules() if isinstance(module, nn.modules.conv._ConvNd)]
        # PyTorch 1.13 exports no padding `same` or `valid`: these convolutions pad by an operation of its own.
        words = [conv for conv in convs if isinstance(conv.padding, str) and conv.padding_mode == "zeros"]
        self.model.eval()
        for conv in words:
            conv.padding_mode = "constant"
        try:
            with computing_in(self.model, torch.float32), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                yield
        finally:
            for module, mode in modes:
                module.training = mode
            for conv in words:
                conv.padding_mode = "zeros"

    def weights(self) -> Iterator[tuple[str, Array]]:
        for name, tensor in [*self.model.named_parameters(), *self.model.named_buffers()]:
            module = name.rpartition(".")[0]
            yield self.layer(self.model.get_submodule(module)), tensor.detach().cpu().numpy()

    def layer(self, module: nn.Module) -> str:
        name, kind = self.names.get(module), type(module).__name__
        return f"{name} ({kind})" if name else kind

    def shapes(self, time: int | None) -> list[Shape] | None:
        return None

    def channels(self) -> list[int] | None:
        found = (getattr(module, name, None) for module in self.model.modules() for name in CHANNELS)
        return sorted({channels for channels in found if isinstance(channels, int) and channels > 0})

    def run(self, inputs: Sequence[Array], strict: bool = False) -> dict[str, Array]:
        """In float64 where the model can, and otherwise in float32."""
        # A model may make tensors of a type of its own.
        for kind in (torch.float32,) if strict else (torch.float64, torch.float32):
            try:
                with computing_in(self.model, kind):
                    outputs = self.called(tensors(self.model, inputs, kind), strict)
                return {name: floats(tensor.cpu().numpy()) for name, tensor in outputs.items()}
            except Failed as failed:
                reason = failed
        raise reason

    def called(self, inputs: Sequence[torch.Tensor], strict: bool) -> dict[str, torch.Tensor]:
        entered: list[nn.Module] = []
        left: list[nn.Module] = []

        def enter(module: nn.Module, given: Any) -> None:
            entered.append(module)
            if strict and isinstance(module, nn.RNNBase) and given and given[0].dim() == 3:
                batch = given[0].size(0 if module.batch_first else 1)
                if batch != 1:
                    raise ValueError(f"a batch of {batch}")

        hooks = [module.register_forward_pre_hook(enter) for module in self.names]
        hooks += [module.register_forward_hook(lambda *_: left.append(entered.pop())) for module in self.names]
        try:
            with torch.no_grad():
                values = dict(flat(self.model(*inputs)))
        except Exception as error:
            layer = f"{self.layer(entered[-1])}: " if entered else ""
            raise Failed(f"{layer}{first_line(error)}", len(left)) from error
        finally:
            for hook in hooks:
                hook.remove()
        return {name: value.detach() for name, value in values.items() if torch.is_tensor(value)}

    def write(self, path: str, inputs: Sequence[Array], shapes: Sequence[Shape]) -> list[str]:
        arguments = inspect.signature(self.model.forward).parameters
        names = list(arguments)[: len(inputs)] if len(arguments) >= len(inputs) > 1 else []
        names = names or [f"input_{place}" if len(inputs) > 1 else "input" for place in range(len(inputs))]
        try:
            write(self.model, path, inputs, shapes, names)
        except Exception as error:
            reason = first_line(error).partition(" Please feel free")[0]
            raise Unsupported([Problem("the export by PyTorch", reason)]) from error
        return names


def write(model: nn.Module, path: str, inputs: Sequence[Array], shapes: Sequence[Shape], names: list[str]) -> None:
    """Writes a module as ONNX by its trace."""
    axes = {name: {shape.time: "time"} for name, shape in zip(names, shapes, strict=True) if None in shape.lengths}
    known = inspect.signature(torch.onnx.export).parameters
    options: dict[str, Any] = {"dynamo": False} if "dynamo" in known else {}
    torch.onnx.export(
        model,
        tensors(model, inputs, torch.float32),
        path,
        input_names=names,
        dynamic_axes=axes,
        opset_version=OPSET,
        **options,
    )


def tensors(model: nn.Module, arrays: Sequence[Array], kind: torch.dtype) -> tuple[torch.Tensor, ...]:
    device = next((tensor.device for tensor in model.parameters()), "cpu")
    return tuple(torch.from_numpy(array).to(device, kind) for array in arrays)


@contextmanager
def computing_in(model: nn.Module, kind: torch.dtype) -> Iterator[None]:
    """Weights, buffers and new tensors are of a type. On leaving, the model has its own numbers again."""
    own = [(tensor, tensor.data) for tensor in [*model.parameters(), *model.buffers()] if tensor.is_floating_point()]
    default = torch.get_default_dtype()
    torch.set_default_dtype(kind)
    try:
        for tensor, data in own:
            tensor.data = data.to(kind)
        yield
    finally:
        torch.set_default_dtype(default)
        for tensor, data in own:
            tensor.data = data
