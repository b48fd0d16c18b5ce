/** Which account somebody belongs to. */
import {
  domainsWithoutAccount,
  ensureAccounts,
  setAccount,
  setAccountsOfDomains,
} from "../store/accounts.ts";
import type { Person } from "../store/people.ts";
import { readPerson } from "../store/people.ts";
import { sameHuman } from "../store/same-human.ts";
import type { Db } from "../store/schema.ts";
import { readSettings } from "../store/settings.ts";
import { companyDomain } from "./free-mail.ts";

/**
 * Everybody whom {@link joinAccountOfEmail} would have put into an account, had it been wanted when
 * their address came: to be called when it is switched on. Gives how many rows of people that are.
 */
export async function joinAccountsOfEmails(db: Db, workspaceId: number): Promise<number> {
  const domains = (await domainsWithoutAccount(db, workspaceId)).filter(
    (domain) => companyDomain(`somebody@${domain}`) !== undefined,
  );
  const wanted = domains.map((domain) => ({ key: accountKey(domain), name: domain }));
  const accounts = await ensureAccounts(db, workspaceId, wanted);
  return setAccountsOfDomains(
    db,
    workspaceId,
    domains.flatMap((domain) => {
      const accountId = accounts.get(accountKey(domain));
      return accountId === undefined ? [] : [{ domain, accountId }];
    }),
  );
}

function accountKey(domain: string): string {
  return `domain:${domain}`;
}

/**
 * A customer with a verified address at a company's domain belongs to its account, where the
 * workspace wants that and nothing else said so.
 */
export async function joinAccountOfEmail(
  db: Db,
  workspaceId: number,
  { id, role }: Pick<Person, "id" | "role">,
  email: string,
): Promise<void> {
  const domain = role === "customer" ? companyDomain(email) : undefined;
  if (domain === undefined) return;
  const { accounts } = await readSettings(db, workspaceId);
  if (!accounts.byEmailDomain) return;
  const person = await readPerson(db, workspaceId, id);
  if (person === undefined || person.accountId !== null) return;
  const key = accountKey(domain);
  const ids = await ensureAccounts(db, workspaceId, [{ key, name: domain }]);
  await setAccount(db, workspaceId, await sameHuman(db, workspaceId, id), ids.get(key) ?? null);
}
