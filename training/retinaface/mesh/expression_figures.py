"""The figures of the card of expressions, as SVG in the colours of a light or a dark page."""

from ..common.paths import REPOSITORY

CARDS = REPOSITORY / "packages" / "models" / "cards"
STYLE = """<style>
svg{--bg:#f6f7f9;--ink:#23262d;--soft:#5b6472;--line:#c3c8d1;--0:#1d5fd1;--1:#b4460a;--2:#13763a;--3:#8a2be2;\
--4:#a2680a;--5:#0a7d8c}
@media (prefers-color-scheme:dark){svg{--bg:#22252d;--ink:#e8eaf0;--soft:#a9b1be;--line:#505766;--0:#82adff;\
--1:#ffa165;--2:#66d796;--3:#c79bff;--4:#e8c15a;--5:#5fd0de}}
text{font:14px system-ui,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;fill:var(--ink)}
.s{font-size:12px;fill:var(--soft)}.m{text-anchor:middle}.e{text-anchor:end}
.l{stroke:var(--line);fill:none}.d{stroke-dasharray:5 4}
</style>"""
SHOWN = ("mouthSmile", "jawOpen", "eyeBlink", "browInnerUp", "eyeLookIn", "mouthPucker")


def save(name: str, title: str, width: int, height: int, parts: list[str]) -> None:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">'
    ground = '<rect width="100%" height="100%" rx="8" style="fill:var(--bg)"/>'
    body = "\n".join([f"{head}<title>{title}</title>{STYLE}", ground, *parts, "</svg>\n"])
    (CARDS / name).write_text(body)


def draw_sizes(heights: tuple, correlations: dict, least: float) -> None:
    """Lines of correlation over the height of faces."""
    left, right, top, bottom = 60, 560, 30, 330
    columns = len(heights) - 1
    x = [left + (right - left) * (i + 0.5) / columns for i in range(columns)]

    def y(value: float) -> float:
        return bottom - (bottom - top) * value

    parts = []
    for tick in (0, 0.25, 0.5, 0.75, 1):
        kind = "l d" if tick == least else "l"
        parts.append(f'<path class="{kind}" d="M{left} {y(tick):.1f}H{right}"/>')
        parts.append(f'<text class="s e" x="{left - 8}" y="{y(tick) + 4:.1f}">{tick:g}</text>')
    for i, (low, high) in enumerate(zip(heights, heights[1:])):
        label = f"{low} and more" if i == columns - 1 else f"{low}–{high}"
        parts.append(f'<text class="s m" x="{x[i]:.1f}" y="{bottom + 20}">{label}</text>')
    middle = (left + right) / 2
    parts.append(f'<text class="s m" x="{middle}" y="{bottom + 42}">height of the face in the network’s input, pixels</text>')
    # Labels in the order of the lines' ends, a line of text apart.
    label_y = -1.0
    for name in sorted(SHOWN, key=lambda name: -correlations[name][-1]):
        colour = f"var(--{SHOWN.index(name)})"
        points = " ".join(f"{a:.1f},{y(max(v, 0)):.1f}" for a, v in zip(x, correlations[name]))
        parts.append(f'<polyline points="{points}" fill="none" style="stroke:{colour}" stroke-width="2.5"/>')
        label_y = max(y(correlations[name][-1]) + 5, label_y + 19)
        parts.append(f'<text x="{right + 6}" y="{label_y:.1f}" style="fill:{colour}">{name}</text>')
    save("expressions-by-size.svg", "Correlation with the teacher by the height of faces", 700, 390, parts)


def draw_agreement(coefficients: dict) -> None:
    """Bars of correlation and of mean absolute error for each coefficient, the best first."""
    ranked = sorted(coefficients.items(), key=lambda item: -item[1][0])
    top, row = 44, 22
    bottom = top + row * len(ranked)
    panels = (("correlation", 160, 440, 1, 0), ("mean absolute error", 480, 680, 0.2, 1))
    parts = []
    for k, (title, left, right, most, colour) in enumerate(panels):
        parts.append(f'<text class="m" x="{(left + right) / 2}" y="24">{title}</text>')
        for tick in (0, most / 2, most):
            at = left + (right - left) * tick / most
            parts.append(f'<path class="l" d="M{at} {top}V{bottom}"/>')
            parts.append(f'<text class="s m" x="{at}" y="{bottom + 18}">{tick:g}</text>')
        for i, (name, values) in enumerate(ranked):
            width = (right - left) * values[k] / most
            at = top + row * i
            parts.append(f'<rect x="{left}" y="{at + 4}" width="{width:.1f}" height="{row - 8}" style="fill:var(--{colour})"/>')
            if k == 0:
                parts.append(f'<text class="s e" x="{left - 8}" y="{at + 15}">{name}</text>')
    title = "Correlation with the teacher and mean absolute error of each coefficient"
    save("expressions-agreement.svg", title, 720, bottom + 34, parts)
