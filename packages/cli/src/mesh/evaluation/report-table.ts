import { EXPRESSIONS, type Regression } from '@retinaface/evaluation'
import type { LandmarkFigures, LandmarkSetReport } from './landmark-set-report.ts'
import type { PercentSummary } from './percent.ts'
import type { MeshGroup, WiderMeshReport } from './wider-mesh-report.ts'

/** A report for reading. */
export function toReportTable(report: WiderMeshReport | LandmarkSetReport): string {
  const { set, pictures, faces, missed } = report
  const title = `${set}: ${faces} faces of ${pictures} pictures, ${missed} missed`
  return [title, ...(report.set === 'wider-val' ? widerRows(report) : landmarkRows(report))].join(
    '\n',
  )
}

const summaryHeader = 'mean  median     p90'

function widerRows(report: WiderMeshReport): string[] {
  const groups: [string, MeshGroup][] = [
    ['all', report],
    ...named('height', 'px', report.byHeight),
    ...named('yaw', '°', report.byYaw),
  ]
  return [
    '468 points against the teacher, % of sqrt(width · height)',
    `${'faces'.padStart(27)}   2D: ${summaryHeader}   3D: ${summaryHeader}`,
    ...groups.map(([name, { faces, nme2dPercent, nme3dPercent }]) => {
      const head = name.padEnd(20) + String(faces).padStart(7)
      return `${head}  ${toCells(nme2dPercent)}  ${toCells(nme3dPercent)}`
    }),
  ]
}

function named(
  name: string,
  unit: string,
  groups: Readonly<Record<string, MeshGroup>>,
): [string, MeshGroup][] {
  return Object.entries(groups).map(([label, group]) => [`${name} ${label} ${unit}`, group])
}

function landmarkRows(report: LandmarkSetReport): string[] {
  const size = report.set === 'helen' ? 'the distance of the outer eye corners' : 'sqrt(w · h)'
  return [
    `68 hand-placed points, % of ${size}`,
    `${' '.repeat(20)}  inner 51: ${summaryHeader}  all 68: ${summaryHeader}`,
    figuresRow('predicted', report),
    figuresRow('teacher', report.teacher),
    `${'ratio to the teacher'.padEnd(20)}  ${report.inner51RatioToTeacher.toFixed(3).padStart(14)}${report.all68RatioToTeacher.toFixed(3).padStart(28)}`,
    ...poseRow('predicted', report),
    ...poseRow('teacher', report.teacher),
    ...expressionRows(report),
  ]
}

function figuresRow(name: string, { inner51Percent, all68Percent }: LandmarkFigures): string {
  return `${name.padEnd(20)}      ${toCells(inner51Percent)}    ${toCells(all68Percent)}`
}

function poseRow(name: string, { poseErrorDegrees: error }: LandmarkFigures): string[] {
  if (!error) return []
  const angles = `yaw ${error.yaw.toFixed(2)}  pitch ${error.pitch.toFixed(2)}  roll ${error.roll.toFixed(2)}`
  return [`pose error, ${name}: ${angles}  mean ${error.mean.toFixed(2)} degrees`]
}

function expressionRows({ expressions: ours, teacher }: LandmarkSetReport): string[] {
  const { expressions: theirs } = teacher
  if (!ours || !theirs) return []
  const cells = ({ correlation, slope }: Regression) =>
    `${correlation.toFixed(3).padStart(7)} /${slope.toFixed(2).padStart(6)}`
  return [
    'expressions, correlation / slope  predicted         teacher',
    ...EXPRESSIONS.map((name) => `${name.padEnd(27)}${cells(ours[name])}${cells(theirs[name])}`),
  ]
}

function toCells({ mean, median, p90 }: PercentSummary): string {
  return [mean, median, p90].map((value) => value.toFixed(2).padStart(8)).join('')
}
