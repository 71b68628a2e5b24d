/** A kind of goods in both languages, with the won its plainest and its dearest edition cost. */
export interface Goods {
  readonly en: string;
  readonly ko: string;
  readonly from: number;
  readonly to: number;
}

/** Editions of every kind of goods, from plain to dear. */
export const editions: readonly { readonly en: string; readonly ko: string }[] = [
  { en: 'Basic', ko: '베이직' },
  { en: 'Everyday', ko: '데일리' },
  { en: 'Compact', ko: '컴팩트' },
  { en: 'Soft', ko: '소프트' },
  { en: 'Classic', ko: '클래식' },
  { en: 'Urban', ko: '어반' },
  { en: 'Plus', ko: '플러스' },
  { en: 'Premium', ko: '프리미엄' },
  { en: 'Studio', ko: '스튜디오' },
  { en: 'Limited', ko: '리미티드' },
];

export const goods: readonly Goods[] = [
  { en: 'Wireless Earbuds', ko: '무선 이어폰', from: 39_000, to: 289_000 },
  { en: 'Over-Ear Headphones', ko: '오버이어 헤드폰', from: 69_000, to: 459_000 },
  { en: 'Bluetooth Speaker', ko: '블루투스 스피커', from: 29_000, to: 249_000 },
  { en: 'Mechanical Keyboard', ko: '기계식 키보드', from: 59_000, to: 259_000 },
  { en: 'Wireless Mouse', ko: '무선 마우스', from: 15_000, to: 119_000 },
  { en: 'Power Bank', ko: '보조배터리', from: 19_000, to: 79_000 },
  { en: 'USB-C Charger', ko: 'USB-C 충전기', from: 15_000, to: 69_000 },
  { en: 'Desk Lamp', ko: '책상 스탠드', from: 25_000, to: 149_000 },
  { en: 'Air Purifier', ko: '공기청정기', from: 129_000, to: 599_000 },
  { en: 'Humidifier', ko: '가습기', from: 29_000, to: 199_000 },
  { en: 'Rice Cooker', ko: '전기밥솥', from: 89_000, to: 489_000 },
  { en: 'Air Fryer', ko: '에어프라이어', from: 69_000, to: 289_000 },
  { en: 'Electric Kettle', ko: '전기포트', from: 19_000, to: 119_000 },
  { en: 'Coffee Grinder', ko: '커피 그라인더', from: 29_000, to: 219_000 },
  { en: 'Hand Blender', ko: '핸드 블렌더', from: 29_000, to: 139_000 },
  { en: 'Cast Iron Pan', ko: '무쇠 프라이팬', from: 25_000, to: 129_000 },
  { en: 'Chef Knife', ko: '셰프 나이프', from: 19_000, to: 159_000 },
  { en: 'Stoneware Bowl Set', ko: '도자기 그릇 세트', from: 19_000, to: 99_000 },
  { en: 'Tumbler', ko: '텀블러', from: 12_000, to: 49_000 },
  { en: 'Lunch Box', ko: '도시락통', from: 9_000, to: 45_000 },
  { en: 'Down Jacket', ko: '다운 자켓', from: 99_000, to: 499_000 },
  { en: 'Fleece Jacket', ko: '플리스 자켓', from: 39_000, to: 159_000 },
  { en: 'Hoodie', ko: '후드티', from: 29_000, to: 119_000 },
  { en: 'Oxford Shirt', ko: '옥스포드 셔츠', from: 25_000, to: 98_000 },
  { en: 'Cotton T-Shirt', ko: '면 티셔츠', from: 9_900, to: 49_000 },
  { en: 'Denim Jeans', ko: '데님 청바지', from: 29_000, to: 139_000 },
  { en: 'Knit Cardigan', ko: '니트 가디건', from: 29_000, to: 129_000 },
  { en: 'Running Shoes', ko: '러닝화', from: 59_000, to: 259_000 },
  { en: 'Canvas Sneakers', ko: '캔버스 스니커즈', from: 29_000, to: 109_000 },
  { en: 'Leather Wallet', ko: '가죽 지갑', from: 25_000, to: 189_000 },
  { en: 'Backpack', ko: '백팩', from: 39_000, to: 219_000 },
  { en: 'Tote Bag', ko: '토트백', from: 15_000, to: 89_000 },
  { en: 'Sunglasses', ko: '선글라스', from: 25_000, to: 249_000 },
  { en: 'Wool Scarf', ko: '울 머플러', from: 19_000, to: 119_000 },
  { en: 'Sheet Mask Box', ko: '마스크팩 세트', from: 9_900, to: 49_000 },
  { en: 'Sun Cream', ko: '선크림', from: 9_900, to: 39_000 },
  { en: 'Lip Tint', ko: '립 틴트', from: 7_900, to: 32_000 },
  { en: 'Hand Cream', ko: '핸드크림', from: 5_900, to: 35_000 },
  { en: 'Yoga Mat', ko: '요가 매트', from: 15_000, to: 99_000 },
  { en: 'Dumbbell Set', ko: '덤벨 세트', from: 29_000, to: 189_000 },
  { en: 'Camping Chair', ko: '캠핑 의자', from: 19_000, to: 139_000 },
  { en: 'Camping Lantern', ko: '캠핑 랜턴', from: 15_000, to: 119_000 },
  { en: 'Cotton Bedding Set', ko: '면 침구 세트', from: 49_000, to: 259_000 },
  { en: 'Memory Foam Pillow', ko: '메모리폼 베개', from: 19_000, to: 99_000 },
  { en: 'Bath Towel Set', ko: '타월 세트', from: 15_000, to: 69_000 },
  { en: 'Scented Candle', ko: '향초', from: 9_900, to: 69_000 },
  { en: 'Diffuser', ko: '디퓨저', from: 12_000, to: 79_000 },
  { en: 'Fountain Pen', ko: '만년필', from: 15_000, to: 189_000 },
  { en: 'Planner', ko: '다이어리', from: 8_900, to: 39_000 },
  { en: 'Board Game', ko: '보드게임', from: 15_000, to: 79_000 },
];
