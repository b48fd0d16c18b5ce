/** Domains where anybody gets an address: whoever has one there shares nothing with the others. */

/** Names before the first dot of free mail services that exist under many endings (yahoo.co.uk). */
const families = ["gmx", "hotmail", "live", "outlook", "yahoo", "yandex"];

const domains = new Set([
  "126.com",
  "139.com",
  "163.com",
  "189.cn",
  "21cn.com",
  "aliyun.com",
  "aol.com",
  "bk.ru",
  "comcast.net",
  "daum.net",
  "fastmail.com",
  "foxmail.com",
  "free.fr",
  "gmail.com",
  "googlemail.com",
  "hanmail.net",
  "hey.com",
  "icloud.com",
  "inbox.ru",
  "laposte.net",
  "libero.it",
  "list.ru",
  "mac.com",
  "mail.com",
  "mail.ru",
  "me.com",
  "msn.com",
  "naver.com",
  "orange.fr",
  "pm.me",
  "proton.me",
  "protonmail.com",
  "qq.com",
  "rambler.ru",
  "rocketmail.com",
  "sina.cn",
  "sina.com",
  "sohu.com",
  "t-online.de",
  "tuta.com",
  "tutanota.com",
  "vip.163.com",
  "vip.qq.com",
  "wanadoo.fr",
  "web.de",
  "ya.ru",
  "yeah.net",
  "ymail.com",
  "zoho.com",
]);

/** The company's domain of an address in lower case; undefined for free mail and for no address. */
export function companyDomain(email: string): string | undefined {
  const domain = /@([^@\s]+\.[^@\s.]+)$/.exec(email.trim().toLowerCase())?.[1];
  if (domain === undefined || domains.has(domain)) return undefined;
  const [name = ""] = domain.split(".");
  return families.includes(name) ? undefined : domain;
}
