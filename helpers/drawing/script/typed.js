// The number that was typed, also as 0,5 or 1/2 or −3; null where it is none.
const typed = (text) => {
  const plain = text.replace(/\s/g, "").replace(/[−–]/g, "-").replaceAll(",", "."), number = "[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:e[-+]?\\d+)?";
  const [, above, below] = plain.match(RegExp(`^(${number})(?:/(${number}))?$`, "i")) ?? [];
  const value = above === undefined ? NaN : +above / +(below ?? 1);
  return isFinite(value) ? value : null;
};
