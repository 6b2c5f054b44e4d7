-- The figures of the programme, from the rows alone: one line of JSON. Written apart from the program, in the plainest SQL, to be compared with what it says.
-- What counts: nothing that is removed; a seminar is held when its state says so or somebody was marked present; the programme is the first one.
CREATE TEMP VIEW someone AS SELECT id, municipality FROM person WHERE deleted = 0;
CREATE TEMP VIEW part AS SELECT person, role FROM participation WHERE deleted = 0 AND programme = 'first' AND person IN (SELECT id FROM someone);
CREATE TEMP VIEW meeting AS SELECT * FROM seminar WHERE deleted = 0 AND programme = 'first';
CREATE TEMP VIEW visit AS SELECT a.seminar, a.person, m.kind, m.municipality, m.date FROM attendance a JOIN meeting m ON m.id = a.seminar
	JOIN someone s ON s.id = a.person WHERE a.deleted = 0 AND a.state = 'present';
CREATE TEMP VIEW held AS SELECT * FROM meeting WHERE status = 'held' OR id IN (SELECT seminar FROM visit);
CREATE TEMP VIEW talk AS SELECT * FROM consultation WHERE deleted = 0 AND programme = 'first';
CREATE TEMP VIEW pair AS SELECT * FROM mentorship WHERE deleted = 0 AND programme = 'first';
SELECT json_object(
	'experts', (SELECT count(*) FROM part WHERE role = 'expert'),
	'consultants', (SELECT count(*) FROM part WHERE role = 'consultant'),
	'activists', (SELECT count(*) FROM part WHERE role = 'activist'),
	'officials', (SELECT count(*) FROM part WHERE role = 'official'),
	'seminars_held', (SELECT count(*) FROM held),
	'seminars_local', (SELECT count(*) FROM held WHERE kind = 'local'),
	'seminars_information', (SELECT count(*) FROM held WHERE kind = 'information'),
	'seminars_planned', (SELECT count(*) FROM meeting WHERE status = 'planned' AND id NOT IN (SELECT id FROM held)),
	'reached', (SELECT count(DISTINCT person) FROM visit),
	'reached_local', (SELECT count(DISTINCT person) FROM visit WHERE kind = 'local'),
	'visits', (SELECT count(*) FROM visit),
	'visits_local', (SELECT count(*) FROM visit WHERE kind = 'local'),
	'unnamed', (SELECT sum(unnamed) FROM meeting),
	'municipalities_with_consultant', (SELECT count(DISTINCT s.municipality) FROM part JOIN someone s ON s.id = part.person WHERE role = 'consultant'),
	'municipalities_with_seminar', (SELECT count(DISTINCT municipality) FROM held),
	'consultations', (SELECT count(*) FROM talk),
	'consultation_minutes', (SELECT sum(minutes) FROM talk),
	'passed_on', (SELECT count(DISTINCT h.lead) FROM held h JOIN visit v ON v.person = h.lead AND v.date < h.date),
	'mentees_who_mentor', (SELECT count(DISTINCT a.mentee) FROM pair a JOIN pair b ON b.mentor = a.mentee),
	'applications', (SELECT count(*) FROM application WHERE deleted = 0 AND programme = 'first'),
	'selected', (SELECT count(*) FROM application WHERE deleted = 0 AND programme = 'first' AND decision = 'selected'),
	'courses', (SELECT count(*) FROM course WHERE deleted = 0 AND programme = 'first'),
	'enrolled', (SELECT count(*) FROM enrolment e JOIN course c ON c.id = e.course WHERE e.deleted = 0 AND c.programme = 'first'),
	'trained', (SELECT count(*) FROM enrolment e JOIN course c ON c.id = e.course WHERE e.deleted = 0 AND c.programme = 'first' AND e.state = 'completed'),
	'study_hours', (SELECT sum(d.hours) FROM study_day d JOIN course c ON c.id = d.course WHERE d.deleted = 0 AND c.programme = 'first'),
	'stories', (SELECT count(*) FROM story WHERE deleted = 0 AND programme = 'first' AND state = 'accepted'),
	'directory', (SELECT count(DISTINCT d.person) FROM directory_entry d JOIN consent c ON c.person = d.person AND c.purpose = 'directory'
		WHERE d.deleted = 0 AND d.programme = 'first' AND c.deleted = 0 AND c.withdrawn IS NULL),
	'questions', (SELECT count(*) FROM question WHERE deleted = 0 AND programme = 'first'),
	'answers', (SELECT count(*) FROM question WHERE deleted = 0 AND programme = 'first' AND answer IS NOT NULL),
	'municipalities', (SELECT json_group_object(m.code, json_array(
		(SELECT count(*) FROM part JOIN someone s ON s.id = part.person WHERE role = 'consultant' AND s.municipality = m.code),
		(SELECT count(*) FROM held WHERE municipality = m.code),
		(SELECT count(DISTINCT person) FROM visit WHERE municipality = m.code),
		(SELECT count(*) FROM visit WHERE municipality = m.code),
		(SELECT coalesce(sum(unnamed), 0) FROM meeting WHERE municipality = m.code))) FROM municipality m));
