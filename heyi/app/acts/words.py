"""The names of the posts that permit acts, in both languages."""

from engine.case.text import Text

HEAD, OWN = "head of the unit", "the person itself"
"""What a permit may name beside posts."""

NOBODY = Text("无", "none")
POSTS: dict[str, Text] = {
    "administrator": Text("系统管理员（administrator）", "administrator"),
    "security": Text("安全管理员（security）", "security"),
    "auditor": Text("审计员（auditor）", "auditor"),
    "author": Text("流程编写人（author）", "author"),
    HEAD: Text("本单位负责人（chair、head）", "head of the unit (chair, head)"),
    OWN: Text("本人", "the person itself"),
}
