// A line for each change that users notice. All packages have one version, so that the versions of
// their dependencies say nothing.
const getReleaseLine = async ({ summary }) => {
  const [first, ...rest] = summary.trim().split('\n')
  return [`- ${first}`, ...rest.map((line) => (line ? `  ${line}` : ''))].join('\n')
}
const getDependencyReleaseLine = async () => ''

module.exports = { getReleaseLine, getDependencyReleaseLine }
