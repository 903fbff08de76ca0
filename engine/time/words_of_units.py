"""The names of units of time in Chinese, as they stand after a number."""

SECONDS = "秒"
MINUTES = "分钟"
HOURS = "小时"
DAYS = "日"
WORKING_DAYS = "个工作日"
MONTHS = "个月"
