// The supplier counts in cents and lists every warehouse; we show what is in stock, fastest first.
return data.items
  .filter(item => item.stock > 0)
  .map(item => ({
    part: item.title,
    price: (item.price_cents / 100).toFixed(2),
    days: Math.min(...item.warehouses.map(warehouse => warehouse.delivery_days)),
  }))
  .sort((a, b) => a.days - b.days);
