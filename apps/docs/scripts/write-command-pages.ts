import { mkdirSync, writeFileSync } from 'node:fs'
import { createProgram } from '../../../packages/cli/src/program.ts'

type Command = ReturnType<typeof createProgram>

/** Writes a page for each command of `retinaface`, and one that lists them, from what `--help` says. */
export function writeCommandPages(folder: string): void {
  const program = createProgram()
  mkdirSync(folder, { recursive: true })
  const commands = leaves(program)
  writeFileSync(`${folder}/index.md`, indexPage(program, commands))
  for (const command of commands) writeFileSync(`${folder}/${fileName(command)}.md`, page(command))
}

function leaves(command: Command): Command[] {
  if (command.commands.length === 0) return [command as Command]
  return command.commands.flatMap((child) => leaves(child as Command))
}

function indexPage(program: Command, commands: readonly Command[]): string {
  const rows = commands.map((command) => {
    return `| [\`${fullName(command)}\`](./${fileName(command)}) | ${cell(sentence(command.description()))} |`
  })
  return `# The command line

${literal(program.description())} The package is \`@retinaface/cli\`; \`--help\` after a command says what its page says.

| command | what it does |
|---|---|
${rows.join('\n')}
`
}

function page(command: Command): string {
  const help = command.createHelp()
  const inputs = help
    .visibleArguments(command)
    .map(
      (argument) =>
        `| \`${argument.name()}\` | ${cell(literal(help.argumentDescription(argument)))} |`,
    )
  const options = help
    .visibleOptions(command)
    .map(
      (option) =>
        `| \`${cell(option.flags)}\` | ${cell(literal(help.optionDescription(option)))} |`,
    )
  return `# ${fullName(command)}

${sentence(command.description())}

\`\`\`sh
npx @retinaface/cli ${help.commandUsage(command).replace(/^retinaface /, '')}
\`\`\`

${table('argument', inputs)}${table('option', options)}`
}

function table(title: string, rows: readonly string[]): string {
  return rows.length === 0 ? '' : `| ${title} | what |\n|---|---|\n${rows.join('\n')}\n\n`
}

function fullName(command: Command): string {
  const { parent } = command
  return parent ? `${fullName(parent as Command)} ${command.name()}` : command.name()
}

function fileName(command: Command): string {
  return fullName(command).replace('retinaface ', '').replaceAll(' ', '-')
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${literal(text.slice(1)).replace(/\.$/, '')}.`
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}

/** Text as Markdown that shows it as it is. */
function literal(text: string): string {
  return text.replaceAll(/[<*_[\]`{]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}
