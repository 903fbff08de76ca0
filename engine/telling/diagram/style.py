"""Holds the one style sheet of all pictures.

Every pair of text and ground has a contrast of at least 4.5 to 1 on white paper; what a colour
says, a shape says too: double frames are ends, dashes are overlays, signs are outcomes.
"""

_FONTS = (
    'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"PingFang SC",'
    '"Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",'
    '"Source Han Sans SC","WenQuanYi Micro Hei",sans-serif'
)

STYLE = f"""
text{{font-family:{_FONTS};fill:#1d2939}}
.paper{{fill:#fff}}
.heading{{font-size:20px;font-weight:600}}
.faint{{font-size:13px;fill:#5d6b82}}
.title,.label,.mark,.count{{text-anchor:middle}}
.title,.caption,.mark,.count{{font-weight:600}}
.note,.row{{fill:#344054}}
.label{{fill:#1d2939}}
.count{{fill:#fff}}
.on{{fill:#175cd3;font-weight:600}}
.line,.main,.gone{{fill:none;stroke-linecap:round}}
.line{{stroke:#7c8899;stroke-width:1.3}}
.main{{stroke:#1d2939;stroke-width:2.2}}
.gone{{stroke:#175cd3;stroke-width:2.8}}
.head{{stroke:none}}
.line.head{{fill:#667085}}
.main.head{{fill:#1d2939}}
.gone.head{{fill:#175cd3}}
.open,.overlay,.final,.card{{stroke-width:1.4}}
.open{{fill:#f5f8fc;stroke:#475467}}
.overlay{{fill:#fff8e6;stroke:#8a5a00;stroke-dasharray:6 3}}
.card{{fill:#fff;stroke:#b4bdc9;stroke-width:1}}
.final,.inner{{fill:#f2f4f7;stroke:#475467}}
.inner{{fill:none;stroke-width:1}}
.final.positive{{fill:#e9f7ee}}
.final.negative{{fill:#fdf0ee}}
.positive{{stroke:#1a6b35}}
.negative{{stroke:#a3271a}}
.neutral{{stroke:#475467}}
.sign{{fill:none;stroke-width:1.9;stroke-linecap:round;stroke-linejoin:round}}
.sign.stay{{stroke:#5d6b82;stroke-width:1.3}}
.start{{fill:#1d2939}}
.dot{{fill:#5d6b82}}
.letter{{fill:#fff;stroke:#5d6b82;stroke-width:1.1}}
.pill{{fill:#175cd3}}
.pill.now{{fill:#0b3f94}}
.been{{stroke:#175cd3;stroke-width:2}}
.now{{stroke:#0b3f94;stroke-width:3.6}}
.open.now{{fill:#dbe8fd}}
"""
