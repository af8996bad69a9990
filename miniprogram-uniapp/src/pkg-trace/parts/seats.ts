/** The seats of Zhaotong's counties, for a map without tiles. */
export const SEATS: readonly { name: string; longitude: number; latitude: number }[] = [
  { name: '昭阳', longitude: 103.706539, latitude: 27.320075 },
  { name: '鲁甸', longitude: 103.558042, latitude: 27.186659 },
  { name: '巧家', longitude: 102.930164, latitude: 26.90846 },
  { name: '盐津', longitude: 104.234441, latitude: 28.10871 },
  { name: '大关', longitude: 103.891146, latitude: 27.747978 },
  { name: '永善', longitude: 103.638067, latitude: 28.229112 },
  { name: '绥江', longitude: 103.968978, latitude: 28.592099 },
  { name: '镇雄', longitude: 104.87376, latitude: 27.441622 },
  { name: '彝良', longitude: 104.048289, latitude: 27.625418 },
  { name: '威信', longitude: 105.049027, latitude: 27.8469 },
  { name: '水富', longitude: 104.41603, latitude: 28.62988 },
]
