"""The sentences about calendars and one's own due days, a column a language."""

from engine.case.text import Text

NO_CALENDAR = Text("没有日历“{name}”", "there is no calendar '{name}'")
CLOCKS_BEHIND = Text(
    "{many} 个未结期限到期日在 {last} 之后，都是预计的",
    "{many} open clocks are due after {last}: all provisional",
)
ANNOUNCED = Text(
    "只公布到 {last}；今后12个月还要用到 {years} 年的安排",
    "announced through {last}; the next 12 months also need {years}",
)
ALL_PROVISIONAL = Text(
    "{announced}，现在算出的期限都是暂定的",
    "{announced}, and all deadlines are provisional now",
)
UNVERIFIED = Text(
    "“{name}”的日期未与公布的原文核对；核对后删去 unverified 再载入",
    "the days of '{name}' were never compared with the official paper; compare them,"
    " take 'unverified' away and load the file",
)
GAP = Text("缺 {years} 年的日期", "has no days of {years}")
ODD = Text(
    "{start} 至 {end}（{name}）连休 {n} 天，前后却没有调休上班日，请核对",
    "{start} to {end} ({name}): {n} days off and no make-up working day near;"
    " compare with the notice",
)
FEW = Text(
    "{year} 年只有 {off} 个平日放假，往年约 {usual} 个，请核对是否写全",
    "{year} has only {off} weekdays off where {usual} are usual; is it whole?",
)
HOURS = Text(
    "{first} 等 {n} 天没有办公时间", "no office hours for {n} days of the year, from {first}"
)
OLDER = Text(
    "已载入的只到 {reach}，随附文件已到 {file_reach}",
    "what was loaded ends on {reach}, the file on {file_reach}",
)

OWN_DUE = Text("{name} {label}到期", "{name} {label}: due")
OWN_MINIMUM = Text("{name} {label}期满", "{name} {label}: minimum over")
OF_ITEM = Text("{label}（第{item}项）", "{label} (item {item})")
PROVISIONALLY = Text("（预计）{told}", "provisional: {told}")
"""A due day in a calendar file."""
