"""Pairs of characters from the two scripts that packs name, to compare texts across both."""

TRADITIONAL = "戶團黨員風險監評級歷檔誠積寫對點臉視違貧維爾當請個記錄調穩單審態觀倉費繳應"
SIMPLIFIED = "户团党员风险监评级历档诚积写对点脸视违贫维尔当请个记录调稳单审态观仓费缴应"
