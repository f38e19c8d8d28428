"""Japan."""

from typing import Final

from customcrm.simulator.letters.japanese import JAPANESE
from customcrm.simulator.locales.locale import Locale, Numbers, cities, words

JAPAN: Final = Locale(
    code="ja-JP",
    countries=("Japan", "日本", "JP"),
    first_names=words(
        "太郎/Taro, 美咲/Misaki, 健一/Kenichi, さくら/Sakura, 翔太/Shota, 陽子/Yoko, 大輔/Daisuke, "
        "結衣/Yui, 直樹/Naoki, 恵美/Emi, 拓也/Takuya, 千尋/Chihiro, 誠/Makoto, 由美子/Yumiko, "
        "涼/Ryo, 彩/Aya, 浩二/Koji, 真理/Mari, 悠斗/Yuto, 香織/Kaori, 隆/Takashi, 愛/Ai, "
        "修/Osamu, 明美/Akemi, 蓮/Ren, ひかり/Hikari"
    ),
    last_names=words(
        "佐藤/Sato, 鈴木/Suzuki, 高橋/Takahashi, 田中/Tanaka, 渡辺/Watanabe, 伊藤/Ito, "
        "山本/Yamamoto, "
        "中村/Nakamura, 小林/Kobayashi, 加藤/Kato, 吉田/Yoshida, 山田/Yamada, 佐々木/Sasaki, "
        "松本/Matsumoto, 井上/Inoue, 木村/Kimura, 林/Hayashi, 清水/Shimizu, 斎藤/Saito, 森/Mori, "
        "池田/Ikeda, 橋本/Hashimoto, 石川/Ishikawa, 前田/Maeda, 藤田/Fujita, 岡田/Okada, "
        "長谷川/Hasegawa, 村上/Murakami, 近藤/Kondo, 遠藤/Endo"
    ),
    cities=cities(
        """
東京/Tokyo|東京都
大阪/Osaka|大阪府
京都/Kyoto|京都府
福岡/Fukuoka|福岡県
札幌/Sapporo|北海道
名古屋/Nagoya|愛知県
仙台/Sendai|宮城県
横浜/Yokohama|神奈川県
""",
        offset=9,
    ),
    mobile=Numbers("090-0###-####", "+81 90-0###-####"),
    office=Numbers("0@-0###-####", "+81 @-0###-####", ("3", "6")),
    company_words=words(
        "青空/Aozora, 富士見/Fujimi, 桜井/Sakurai, 若葉/Wakaba, 白山/Hakusan, 月光/Gekko, "
        "大樹/Taiju, "
        "朝日丘/Asahigaoka, 千鳥/Chidori, 北斗/Hokuto, 雪村/Yukimura, 松風/Matsukaze, 清流/Seiryu, "
        "旭/Asahi, 光星/Kosei, 銀河/Ginga, 竹取/Taketori, 波戸/Hato, 緑川/Midorikawa, 鶴見/Tsurumi"
    ),
    trades=words(
        "システム/System, 物流/Butsuryu, 食品/Foods, エナジー/Energy, コンサルティング/Consulting, "
        "メディカル/Medical, 建設/Kensetsu, 繊維/Seni, 教育/Kyoiku, 保険/Hoken, 旅行/Ryoko, "
        "工業/Kogyo"
    ),
    forms=("株式会社", " Co., Ltd.", "合同会社", ""),
    titles=(
        "代表取締役社長",
        "営業部長",
        "購買担当マネージャー",
        "取締役",
        "事業開発部 課長",
        "情報システム部長",
        "マーケティング責任者",
        "CEO",
    ),
    letters=JAPANESE,
    company_name="{word}{trade}",
    family_first=True,
)
"""No number after 090 or the code of a town begins with 0."""
