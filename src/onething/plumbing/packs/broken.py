"""What a YAML reader finds wrong, in Chinese; what is rare stays as the reader says it."""

from __future__ import annotations

CHINESE = {
    "did not find expected ',' or ']'": "方括号没有关上，或少了逗号",
    "did not find expected ',' or '}'": "花括号没有关上，或少了逗号",
    "did not find expected '-' indicator": "列表的这一项没有对齐，或少了“-”",
    "did not find expected key": "这一行没有对齐，或少了“名称:”",
    "did not find expected node content": "这里少了内容",
    "did not find expected whitespace or line break": "这里要有空格或换行",
    "did not find expected alphabetic or numeric character": "这里只能用字母或数字",
    "did not find expected <document start>": "文件中间多了一段",
    "could not find expected ':'": "少了冒号，或冒号后没有空格",
    "mapping values are not allowed in this context": "这里不能再有冒号（文字里有冒号时要加引号）",
    "block sequence entries are not allowed in this context": "列表项要另起一行",
    "found character that cannot start any token": "不能用这个字符开头（文字要加引号）",
    "found unexpected end of stream": "引号没有关上",
    "found unexpected document indicator": "引号没有关上",
    "found unexpected ':'": "这里不能有冒号",
    "found unknown escape character": "双引号里的“\\”后面不能跟这个字符",
    "found a tab character that violates indentation": "缩进用了制表符，只能用空格",
    "found a tab character where an indentation space is expected": "缩进用了制表符，只能用空格",
    "control characters are not allowed": "有看不见的控制字符",
}


def said_by_the_reader(reason: str, language: str) -> str:
    """Say what the reader of YAML (libyaml) found wrong, in `language`."""
    return CHINESE.get(reason, reason) if language == "zh" else reason
