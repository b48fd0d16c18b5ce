import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  ContainerBuilder,
  LabelBuilder,
  MediaGalleryBuilder,
  MessageFlags,
  ModalBuilder,
  StringSelectMenuBuilder,
  TextDisplayBuilder,
  TextInputBuilder,
  TextInputStyle,
} from "discord.js";
import { expect, test } from "vitest";
import { clientFor, stage, until } from "./setup.ts";

const button = (label: string) =>
  new ButtonBuilder().setCustomId(`score:${label}`).setLabel(label).setStyle(ButtonStyle.Secondary);

const question = () =>
  new ContainerBuilder()
    .addTextDisplayComponents(
      new TextDisplayBuilder().setContent("How likely are you to recommend us?"),
    )
    .addActionRowComponents((row) => row.setComponents(["7", "8", "9"].map(button)));

test("a thread is archived, its owner is asked in a direct message, presses, fills in a modal", async () => {
  const { discord, acme } = await stage();
  const client = await clientFor(discord);
  client.on("threadUpdate", async (before, after) => {
    if (before.archived || !after.archived || after.ownerId === null) return;
    const owner = await client.users.fetch(after.ownerId);
    await owner.send({
      components: [question()],
      flags: MessageFlags.IsComponentsV2,
      nonce: "delivery-1",
      enforceNonce: true,
      allowedMentions: { parse: [] },
    });
  });
  client.on("interactionCreate", async (interaction) => {
    if (interaction.isButton()) {
      const text = new TextInputBuilder()
        .setCustomId("why")
        .setStyle(TextInputStyle.Paragraph)
        .setMaxLength(20);
      const field = new LabelBuilder().setLabel("Why?").setTextInputComponent(text);
      await interaction.showModal(
        new ModalBuilder()
          .setCustomId("comment")
          .setTitle("Tell us more")
          .addLabelComponents(field),
      );
    } else if (interaction.isModalSubmit() && interaction.isFromMessage()) {
      const why = interaction.fields.getTextInputValue("why");
      await interaction.update({
        components: [new TextDisplayBuilder().setContent(`You said: ${why}`)],
      });
    }
  });
  const help = acme.channel("help");
  const dana = acme.person("Dana", { locale: "ru" });
  const thread = await dana.starts(help, "My invoice is wrong", { text: "It says 70" });
  await dana.archives(thread);
  await until(() => dana.sees("dm").length === 1, "the question arrives");
  const [asked] = dana.sees("dm");
  if (asked === undefined) throw new Error("Nothing was asked.");
  expect(asked.buttons).toEqual(["7", "8", "9"]);
  expect(asked.words).toContain("How likely");
  expect(await dana.presses(asked, "9")).toEqual({ outcome: "modal", title: "Tell us more" });
  expect(dana.modal()?.labels).toEqual(["Why?"]);
  await expect(dana.submits({ "Why?": "x".repeat(21) })).rejects.toThrow("At most 20");
  expect(await dana.submits({ "Why?": "quick" })).toEqual({ outcome: "updated" });
  expect(dana.sees("dm").map(({ words }) => words)).toEqual(["You said: quick"]);
  await expect(dana.presses(asked, "9")).rejects.toThrow("no button");
  expect(discord.problems).toEqual([]);
});

test("deferred, then edited with components and a file; a follow-up only one person sees", async () => {
  const { discord, acme } = await stage();
  const client = await clientFor(discord);
  const help = acme.channel("help");
  const [dana, kim] = [acme.person("Dana"), acme.person("Kim")];
  await client.application.commands.create({
    name: "nps",
    description: "The score of a period",
    descriptionLocalizations: { ru: "Оценка за период" },
    options: [
      { type: 3, name: "period", description: "Which", required: true, autocomplete: true },
      { type: 4, name: "least", description: "Answers", minValue: 1, maxValue: 9 },
    ],
  });
  client.on("interactionCreate", async (interaction) => {
    if (interaction.isAutocomplete()) {
      const typed = interaction.options.getFocused();
      await interaction.respond([{ name: `${typed}ek`, value: "week" }]);
    } else if (interaction.isChatInputCommand()) {
      const said = await interaction.deferReply({
        flags: MessageFlags.Ephemeral,
        withResponse: true,
      });
      expect(said.interaction.responseMessageLoading).toBe(true);
      await interaction.editReply({
        flags: MessageFlags.IsComponentsV2,
        components: [
          new TextDisplayBuilder().setContent(
            `NPS of the ${interaction.options.getString("period")}`,
          ),
          new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(
            new StringSelectMenuBuilder()
              .setCustomId("team")
              .addOptions(
                { label: "All teams", value: "all" },
                { label: "Billing", value: "billing" },
              ),
          ),
          new MediaGalleryBuilder().addItems((item) => item.setURL("attachment://nps.png")),
        ],
        files: [{ attachment: Buffer.from("picture"), name: "nps.png", description: "A chart" }],
      });
    } else if (interaction.isStringSelectMenu()) {
      await interaction.deferUpdate();
      await interaction.followUp({
        content: `Of ${interaction.values[0]}`,
        flags: MessageFlags.Ephemeral,
      });
    }
  });
  expect(await dana.completes(help, "/nps", { period: "we" }, "period")).toEqual({
    outcome: "choices",
    choices: [{ name: "week", value: "week" }],
  });
  await expect(dana.types(help, "/nps")).rejects.toThrow("required");
  await expect(dana.types(help, "/nps", { period: "week", least: 10 })).rejects.toThrow("bounds");
  const answer = await dana.types(help, "/nps", { period: "week" });
  expect(answer).toMatchObject({ outcome: "deferred", ephemeral: true });
  await until(() => dana.sees(help).some(({ thinking }) => !thinking), "the card is there");
  const [card] = dana.sees(help);
  if (card === undefined) throw new Error("There is no card.");
  expect(card).toMatchObject({ ephemeral: true, edited: false, entries: ["All teams", "Billing"] });
  expect(card.words).toContain("NPS of the week");
  expect(card.files).toEqual([
    { name: "nps.png", bytes: Buffer.from("picture"), description: "A chart" },
  ]);
  expect(await dana.chooses(card, "Billing")).toEqual({ outcome: "update deferred" });
  await until(() => dana.sees(help).length === 2, "the follow-up is there");
  expect(dana.sees(help)[1]).toMatchObject({ content: "Of billing", ephemeral: true });
  expect(kim.sees(help)).toEqual([]);
  dana.reloads();
  expect(dana.sees(help)).toEqual([]);
  expect(discord.problems).toEqual([]);
});

test("what people do is heard: writing, editing, deleting, reacting, tags, renaming, removing", async () => {
  const { discord, acme } = await stage();
  const client = await clientFor(discord);
  const heard: string[] = [];
  client.on("messageCreate", ({ content, author }) =>
    heard.push(`${author.globalName}: ${content}`),
  );
  client.on("messageUpdate", (_, { content }) => heard.push(`edited: ${content}`));
  client.on("messageDelete", () => heard.push("deleted"));
  client.on("messageReactionAdd", ({ emoji }, { id }) =>
    heard.push(`${emoji.name} ${id === kim.id}`),
  );
  client.on("messageReactionRemove", ({ emoji }) => heard.push(`no ${emoji.name}`));
  client.on("threadCreate", ({ name }) => heard.push(`thread ${name}`));
  client.on("threadUpdate", (_, { appliedTags, archived, locked }) =>
    heard.push(`thread ${appliedTags.length} ${archived} ${locked}`),
  );
  client.on("threadDelete", ({ name }) => heard.push(`no thread ${name}`));
  client.on("channelUpdate", (_, after) => heard.push(`now ${"name" in after ? after.name : ""}`));
  client.on("channelDelete", () => heard.push("channel gone"));
  client.on("guildDelete", ({ name }) => heard.push(`${name} gone`));
  const [help, forum] = [acme.channel("ticket-7"), acme.forum("support", { tags: ["solved"] })];
  const staff = acme.role("Staff", { permissions: ["ManageThreads", "ManageChannels"] });
  const [dana, kim] = [acme.person("Dana"), acme.person("Kim", { roles: [staff] })];

  const id = await dana.posts(help, "hello");
  await dana.edits(help, id, "hello!");
  await kim.reacts(help, id, "✅");
  await kim.unreacts(help, id, "✅");
  await dana.deletes(help, id);
  const post = await dana.opens(forum, "Broken", "It is broken");
  await kim.tags(post, "solved");
  await kim.locks(post);
  await kim.archives(post);
  await kim.removes(post);
  await kim.renames(help, "closed-7");
  await kim.removes(help);
  await expect(dana.posts(help, "still there?")).rejects.toThrow("sees no channel");
  acme.removesBot();
  await until(() => heard.includes("Acme gone"), "everything is heard");
  expect(heard).toEqual([
    "Dana: hello",
    "edited: hello!",
    "✅ true",
    "no ✅",
    "deleted",
    "thread Broken",
    "Dana: It is broken",
    "thread 1 false false",
    "thread 1 false true",
    "thread 1 true true",
    "no thread Broken",
    "now closed-7",
    "channel gone",
    "Acme gone",
  ]);
});
