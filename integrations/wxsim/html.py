"""The look of the simulator's pages: one small style, no script, no outside file, everything escaped."""

from collections.abc import Iterable
from html import escape

from starlette.responses import HTMLResponse

STYLE = """
:root{color-scheme:light;--green:#058744;--ink:#191919;--soft:#888;--line:#ededed}
*{box-sizing:border-box}
body{margin:0;background:#ededed;color:var(--ink);font:16px/1.5 -apple-system,"PingFang SC","Noto Sans SC",sans-serif}
main{max-width:420px;min-height:100vh;margin:0 auto;background:#fff;padding:24px 20px 32px}
main.wide{max-width:1180px}
h1{font-size:20px;margin:0 0 4px}h2{font-size:16px;margin:28px 0 8px}
p{margin:6px 0}.soft{color:var(--soft);font-size:13px}.center{text-align:center}
.sum{font-size:44px;font-weight:600;text-align:center;margin:18px 0 10px;letter-spacing:-1px}
.sum small{font-size:24px;margin-right:2px}
ul{list-style:none;margin:0;padding:0;border-top:1px solid var(--line)}
li{display:flex;justify-content:space-between;gap:16px;padding:12px 0;border-bottom:1px solid var(--line)}
li b{font-weight:500}li span{white-space:nowrap}
button,a.button{display:block;width:100%;margin:12px 0 0;padding:13px;border:0;border-radius:8px;font:inherit;
font-weight:500;text-align:center;text-decoration:none;background:#f2f2f2;color:var(--ink);cursor:pointer}
button.main,a.main{background:var(--green);color:#fff}
button:focus-visible,a:focus-visible,input:focus-visible,summary:focus-visible{outline:3px solid #9be3bd;
outline-offset:2px}
details{margin-top:24px;padding:12px 14px;border-radius:8px;background:#fafafa}summary{cursor:pointer}
label{display:flex;align-items:center;gap:8px;margin-top:12px;min-height:24px}
input[type=number]{width:84px;padding:6px 8px;font:inherit;border:1px solid #ddd;border-radius:6px}
.tag{display:inline-block;padding:1px 8px;border-radius:9px;background:#e8f7ee;color:#067a3e;font-size:12px}
.warn{background:#fff4e5;color:#8a4b00}
table{width:100%;border-collapse:collapse;font-size:13px}
th,td{text-align:left;padding:6px 8px;border-bottom:1px solid var(--line);vertical-align:top}
th{color:var(--soft);font-weight:400}
.scroll{overflow-x:auto}code{font-size:12px;word-break:break-all}
"""


def page(title: str, body: str, *, status: int = 200, wide: bool = False) -> HTMLResponse:
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
    head += f"<title>{escape(title)}</title><style>{STYLE}</style>"
    shape = ' class="wide"' if wide else ""
    text = f'<!doctype html><html lang="zh-CN"><head>{head}</head><body><main{shape}>{body}</main></body></html>'
    return HTMLResponse(text, status, headers={"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def hidden(**values: str) -> str:
    return "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in values.items())


def button(label: str, action: str, *, main: bool = False) -> str:
    kind = ' class="main"' if main else ""
    return (
        f'<button{kind} name="action" value="{escape(action)}" data-testid="{escape(action)}">{escape(label)}</button>'
    )


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Cells are HTML already; the caller escapes what came from outside."""
    top = "".join(f"<th>{escape(head)}</th>" for head in heads)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    empty = "" if body else '<p class="soft">还没有。</p>'
    return f'<div class="scroll"><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>{empty}'
