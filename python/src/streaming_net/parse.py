"""The layers of a network's text, as far as they matter to when it answers."""

import re

from .words import Block, Chain, Layer, Word

TOKENS = re.compile(r"\s*(?:(?P<number>-?[\d.][\w.]*)|(?P<word>\w+)|(?P<sign>[:;|<>(),=\[\]]))")
COMBINATORS = ("residual", "sum", "product", "concat", "gated", "skips")


class Parser:
    """Reads one token after the other."""

    def __init__(self, text: str) -> None:
        self.tokens: list[str] = []
        at, text = 0, text.rstrip()
        while at < len(text):
            if not (token := TOKENS.match(text, at)):
                raise ValueError(f"`{text[at:].strip()[:20]}` is not valid in a list of layers")
            self.tokens.append(token[token.lastgroup or 0])
            at = token.end()
        self.at = 0

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def took(self, sign: str) -> bool:
        self.at += (found := self.peek() == sign)
        return found

    def take(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1] if self.at <= len(self.tokens) else ""

    def expect(self, sign: str) -> None:
        if not self.took(sign):
            raise ValueError(f"`{sign}` is missing before {self.here()}")

    def here(self) -> str:
        """The next token, as an error names it."""
        return f"`{self.peek()}`" if self.peek() else "the end"

    def chain(self) -> Chain:
        chain: Chain = []
        while self.peek() not in ("", "|", ">"):
            chain.append(self.layer())
            if not self.took(";"):
                break
        return chain

    def layer(self) -> Layer:
        kind = self.take()
        if self.took(":"):
            kind = self.take()
        numbers, flags = self.arguments() if self.took("(") else ({}, [])
        if kind in COMBINATORS and self.took("<"):
            chains = [self.chain()]
            while self.took("|"):
                chains.append(self.chain())
            self.expect(">")
            return Block(kind, kind, chains, tuple(flags))
        return word(kind, numbers, flags)

    def arguments(self) -> tuple[dict[str, float], list[str]]:
        numbers: dict[str, float] = {}
        flags: list[str] = []
        while not self.took(")"):
            key = self.take()
            if self.took("="):
                value = self.take()
                try:
                    numbers[key] = float(value) if set(value) & set(".e") else int(value.replace("_", ""))
                except ValueError:
                    raise ValueError(f"`{key}={value}` is not a number") from None
            else:
                flags.append(key)
            if not self.took(","):
                self.expect(")")
                break
        return numbers, flags


def word(kind: str, numbers: dict[str, float], flags: list[str]) -> Word:
    layer = Word(kind, kind, numbers, tuple(flag for flag in flags if flag not in ("causal", "same", "valid")))
    if "causal" in flags:
        layer.before = layer.past
    elif "same" in flags:
        layer.before = layer.past // 2
    elif "pad" in numbers:
        layer.before = int(numbers["pad"])
        layer.numbers = {key: value for key, value in numbers.items() if key != "pad"}
    return layer


def parsed(text: str) -> Chain:
    """The layers of what stands between `<` and `>` in the macro's call."""
    parser = Parser(text)
    chain = parser.chain()
    if parser.peek():
        raise ValueError(f"`{parser.peek()}` is unexpected")
    return chain
