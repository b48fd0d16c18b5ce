/** 22 characters from the delivery's id: Discord's nonce holds at most 25. */
export function wireKey(deliveryId: string): string {
  return Buffer.from(deliveryId.replaceAll("-", ""), "hex").toString("base64url");
}
